const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);

module.exports = {
  user: (req, res, next) => {
    if (req.get('X-Key') !== 'k') return res.status(401).json({ error: 'who?' });
    next();
  },
  // A guard that is made for each route.
  role: (role) => {
    return (req, res, next) => {
      if (req.get('X-Role') !== role) return res.status(403).json({ need: role });
      next();
    };
  },
  wrapped: wrap(async (req, res, next) => {
    res.set('X-Wrapped', 'yes');
    next();
  }),
  bound(req, res, next) {
    if (this === undefined) return next(new Error('unbound'));
    next();
  }
};

// A factory that makes something besides: each route has its own.
module.exports.counted = (most) => {
  const seen = new Map();
  return (req, res, next) => {
    const count = (seen.get(req.path) || 0) + 1;
    seen.set(req.path, count);
    if (count > most) return res.status(429).json({ count });
    next();
  };
};
