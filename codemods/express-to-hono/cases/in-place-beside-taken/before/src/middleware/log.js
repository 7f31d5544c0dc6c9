let count = 0;

module.exports = function requestLog(req, res, next) {
  count += 1;
  res.set('X-Count', String(count));
  next();
};
