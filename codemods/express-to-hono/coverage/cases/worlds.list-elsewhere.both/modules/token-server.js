exports.decide = () => (req, res, next) => {
  req.decided = req.headers['x-user'] === 'ada';
  next();
};
