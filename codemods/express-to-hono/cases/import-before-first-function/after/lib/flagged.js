
const { query } = require('../express-parity');

async function flagged(c, next) {
  if (query(c).flag) return c.json({ query: query(c) });
  await next();
}
module.exports = { flagged };
