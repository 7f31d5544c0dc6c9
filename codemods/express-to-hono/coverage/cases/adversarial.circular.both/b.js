const a = require('./a');

exports.answer = (res, text) => {
  res.send(text + a.name());
};
exports.b = (req, res) => {
  exports.answer(res, 'b');
};
