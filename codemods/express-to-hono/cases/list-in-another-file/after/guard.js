const cors = require('cors');
const { bridge } = require('./express-parity');

module.exports = (origin) => [
  bridge(cors({ origin })),
  // The office alone has a key.
  (c, next) => (c.req.header('x-key') ? next() : c.text('Unauthorized', 401)),
];
