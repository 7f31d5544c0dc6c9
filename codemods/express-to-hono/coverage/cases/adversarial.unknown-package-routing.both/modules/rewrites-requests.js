module.exports = () => (req, res, next) => {
  req.url = req.url.replace(/^\/old\//, '/new/');
  if (/method=DELETE/.test(req.url)) req.method = 'DELETE';
  next();
};
