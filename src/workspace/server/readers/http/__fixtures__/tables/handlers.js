exports.time = (req, res) => res.end(String(Date.now()));
exports.list = (req, res) => res.end('[]');
exports.make = (req, res) => {
  res.statusCode = 201;
  res.end('{}');
};
