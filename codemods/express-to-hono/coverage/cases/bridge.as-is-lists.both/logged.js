let made = 0;

const withId = (req, res, next) => {
  const id = req.headers['x-request-id'] || `made-${++made}`;
  req.headers['x-request-id'] = id;
  res.setHeader('X-Request-Id', id);
  next();
};

const captured = (req, res, next) => {
  if (process.env.NODE_ENV !== 'production') {
    const original = res.send;
    res.send = function (body) {
      res.locals.sentBody = body;
      return original.call(this, body);
    };
  }
  next();
};

module.exports = [withId, captured];
