const server = require('token-server');

const guard = (req, res, next) => {
  if (!req.get('x-user')) return res.status(401).send('who?');
  next();
};
exports.decision = [
  guard,
  server.decide(),
  (req, res) => {
    res.json({ decided: req.decided });
  },
];
exports.list = [
  guard,
  (req, res) => {
    res.json([req.get('x-user')]);
  },
];
