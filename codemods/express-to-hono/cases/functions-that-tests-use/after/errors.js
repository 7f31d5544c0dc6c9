exports.answerError = (err, req, res, next) => {
  res.status(500).json({ message: err.message });
};

exports.answerErrorInHono = (err, c) => {
  return c.json({ message: err.message }, 500);
};
