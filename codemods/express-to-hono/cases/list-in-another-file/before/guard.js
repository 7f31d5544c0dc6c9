const cors = require('cors');

module.exports = (origin) => [
  cors({ origin }),
  // The office alone has a key.
  (req, res, next) => (req.get('x-key') ? next() : res.sendStatus(401)),
];
