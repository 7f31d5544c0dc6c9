module.exports = (role) => (req, res, next) => {
  if (req.get('X-Role') !== role && req.get('X-Role') !== 'admin') return res.status(403).json({ needs: role });
  next();
};
