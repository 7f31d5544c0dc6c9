
function flagged(req, res, next) {
  if (req.query.flag) return res.json({ query: req.query });
  next();
}
module.exports = { flagged };
