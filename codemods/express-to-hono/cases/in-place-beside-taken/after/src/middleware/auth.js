const users = new Map([['t1', { name: 'Ada', role: 'admin' }]]);

/** Who asks. */
function authenticate(req, res, next) {
  const user = users.get(tokenOf(req));
  if (!user) return res.status(401).json({ error: 'who?' });
  req.user = user;
  next();
}

async function authenticateInHono(c, next) {
  const user = users.get(tokenOfInHono(c));
  if (!user) return c.json({ error: 'who?' }, 401);
  c.set('user', user);
  await next();
}

function tokenOf(req) {
  return (req.get('authorization') || '').replace('Bearer ', '');
}

function tokenOfInHono(c) {
  return (c.req.header('authorization') || '').replace('Bearer ', '');
}

const requireRole = (role) => (req, res, next) => {
  if (req.user.role !== role) return res.status(403).json({ error: role });
  next();
};

const requireRoleInHono = (role) => async (c, next) => {
  if (c.get('user').role !== role) return c.json({ error: role }, 403);
  await next();
};

module.exports = { authenticate, authenticateInHono, requireRole, requireRoleInHono };
