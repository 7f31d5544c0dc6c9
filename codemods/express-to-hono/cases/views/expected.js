const { Hono } = require('hono');
const path = require('node:path');
const {
  appLocals,
  appSettings,
  conditionalGet,
  errorPage,
  locals: localsOf,
  render,
  renderWith,
  useEngine,
} = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());
app.onError(errorPage);

appSettings.views = path.join(__dirname, 'views');
appSettings['view engine'] = 'ejs';
appSettings['site name'] = 'Notes';
useEngine('txt', (file, options, callback) => callback(null, file));
appLocals.title = appSettings['site name'];

app.use(async (c, next) => {
  localsOf(c).user = appLocals.users.find(c.req.header('X-User'));
  await next();
});
app.get('/a', (c) => render(c, 'a', { b: 1 }));
app.get('/b', async (c) => {
  const locals = await load();
  c.status(201);
  return render(c, 'b', { ...locals, user: localsOf(c).user });
});
app.get('/c', (c) => {
  return new Promise((resolve, reject) => renderWith(c, 'c', {}, (err, html) => {
    if (err) return reject(err);
    resolve(c.json({ html }));
  }));
});

module.exports = app;
