module.exports = (role) => (req, res, next) => {
  if (req.get('X-Role') !== role && req.get('X-Role') !== 'admin') return res.status(403).json({ needs: role });
  next();
};

module.exports.inHono = (role) => async (c, next) => {
  if (c.req.header('X-Role') !== role && c.req.header('X-Role') !== 'admin') return c.json({ needs: role }, 403);
  await next();
};
