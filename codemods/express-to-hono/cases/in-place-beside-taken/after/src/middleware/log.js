let count = 0;

module.exports = function requestLog(req, res, next) {
  count += 1;
  res.set('X-Count', String(count));
  next();
};

module.exports.inHono = async function requestLog(c, next) {
  count += 1;
  c.header('X-Count', String(count));
  await next();
};
