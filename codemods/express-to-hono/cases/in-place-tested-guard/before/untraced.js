exports.untraced = (req, res, next) => {
  delete req.headers['x-request-id'];
  next();
};
