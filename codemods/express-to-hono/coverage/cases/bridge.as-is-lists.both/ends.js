const unexpected = (req, res) => {
  res.status(404).send('Not there');
};

const noted = (err, req, res, next) => {
  res.setHeader('X-Failed', err.name);
  next(err);
};

const answered = (err, req, res, next) => {
  if (err instanceof TypeError) return next(err);
  res.status(err.status || 500).json({ message: err.name });
};

module.exports = () => [unexpected, noted, answered];
