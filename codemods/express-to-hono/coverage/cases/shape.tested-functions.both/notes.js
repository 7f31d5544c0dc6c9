const kept = [];
exports.all = () => kept;
exports.add = async (text) => {
  kept.push(text);
  return { id: kept.length, text };
};
