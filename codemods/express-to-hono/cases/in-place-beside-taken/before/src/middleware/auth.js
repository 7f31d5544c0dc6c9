const users = new Map([['t1', { name: 'Ada', role: 'admin' }]]);

/** Who asks. */
function authenticate(req, res, next) {
  const user = users.get(tokenOf(req));
  if (!user) return res.status(401).json({ error: 'who?' });
  req.user = user;
  next();
}

function tokenOf(req) {
  return (req.get('authorization') || '').replace('Bearer ', '');
}

const requireRole = (role) => (req, res, next) => {
  if (req.user.role !== role) return res.status(403).json({ error: role });
  next();
};

module.exports = { authenticate, requireRole };
