const { deny, denyInHono } = require('./answers');

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

function requireKeyInHono(keys) {
  const known = new Set(keys);
  let refused = 0;
  const guard = (c, next) => {
    if (known.has(c.req.header('x-key'))) return next();
    refused += 1;
    return denyInHono(c, `${refused} so far`);
  };
  return guard;
}

const counted = (req, res, next) => {
  res.set('X-Counted', 'yes');
  next();
};

const countedInHono = async (c, next) => {
  c.header('X-Counted', 'yes');
  await next();
};

module.exports = { requireKey, requireKeyInHono, counted, countedInHono };
