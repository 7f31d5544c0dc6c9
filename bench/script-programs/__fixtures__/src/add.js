module.exports = (a, b) => {
  if (a === undefined) return b;
  return a + b;
};
