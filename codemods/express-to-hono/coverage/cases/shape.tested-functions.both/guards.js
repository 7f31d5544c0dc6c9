const { deny } = require('./answers');

// Each guard has refusals of its own.
function requireKey(keys) {
  const known = new Set(keys);
  let refused = 0;
  const guard = (req, res, next) => {
    if (known.has(req.get('x-key'))) return next();
    refused += 1;
    return deny(res, `${refused} so far`);
  };
  return guard;
}

const counted = (req, res, next) => {
  res.set('X-Counted', 'yes');
  next();
};

module.exports = { requireKey, counted };
