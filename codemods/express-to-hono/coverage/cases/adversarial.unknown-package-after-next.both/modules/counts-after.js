const seen = [];
let open = 0;
module.exports = () => (req, res, next) => {
  open += 1;
  if (req.url.startsWith('/throws')) {
    next();
    open -= 1;
    throw new Error('after next');
  }
  if (req.url.startsWith('/fails')) {
    next();
    open -= 1;
    next(Object.assign(new Error('failed after next'), { status: 503 }));
    return;
  }
  next();
  if (req.url.startsWith('/twice')) next();
  open -= 1;
  if (!res.headersSent) res.setHeader('X-Late', 'yes');
  seen.push([req.url, res.statusCode, res.headersSent, res.locals.by, req.by].join(' '));
};
module.exports.read = () => ({ seen: seen.splice(0), open });
