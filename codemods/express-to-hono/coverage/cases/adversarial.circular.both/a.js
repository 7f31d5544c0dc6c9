const b = require('./b');

exports.a = (req, res) => {
  b.answer(res, 'a');
};
exports.name = () => 'name';
