exports.params = () => (req, res, next) => {
  req.params.id = `${req.params.id}0`;
  req.params.added = 'yes';
  next();
};
exports.newParams = () => (req, res, next) => {
  req.params = { other: 'x' };
  next();
};
exports.skip = () => (req, res, next) => next('route');
exports.rest = () => (req, res, next) => {
  Object.defineProperty(req, 'query', { value: { b: '2' }, writable: true, configurable: true, enumerable: true });
  delete req.body;
  req.headers['x-added'] = 'yes';
  req.headers.accept = 'text/plain';
  delete req.headers['x-gone'];
  Object.defineProperty(req, 'ip', { value: '1.1.1.1' });
  req.tenant = { id: 1 };
  req.greet = (name) => `hello ${name}`;
  req.cookies = { c: 'd' };
  res.locals = { replaced: true };
  next();
  req.after = 'set after next';
};
