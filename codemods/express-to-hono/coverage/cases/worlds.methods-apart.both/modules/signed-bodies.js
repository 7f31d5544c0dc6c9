exports.middleware = (config) => (req, res, next) => {
  if (req.headers['x-signature'] !== config.secret) {
    res.statusCode = 401;
    res.end('no signature');
    return;
  }
  let text = '';
  req.on('data', (part) => {
    text += part;
  });
  req.on('end', () => {
    req.body = JSON.parse(text);
    next();
  });
};
