exports.numbered = function (r, s) {
  return s.send(`numbered ${r.path}`);
};
