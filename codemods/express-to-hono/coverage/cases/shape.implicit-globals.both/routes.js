show = (req, res) => {
  res.send({ shown: typeof verifyToken, tag: res.locals.tag });
};

module.exports = (app, guards) => {
  app.get('/open', (req, res) => {
    res.status(200).send('Public');
  });
  app.get('/closed', [guards.verifyToken], (req, res) => {
    res.send({ id: req.userId });
  });
  app.get('/admin', [verifyToken, guards.isAdmin], (req, res) => {
    res.send('Admin');
  });
  app.get('/shown', global.tagged, show);
};
global.tagged = (req, res, next) => {
  res.locals.tag = 'a';
  next();
};
