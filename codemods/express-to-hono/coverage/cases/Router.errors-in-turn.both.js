/*
member: Router.use
variant: error handlers of routers in routers, several on one, one shared, which read the URL
requests:
  - GET /a/one
  - GET /a/pass?x=1
  - GET /a/inner/one
  - GET /a/inner/pass
  - GET /a/inner/late?y=2
  - GET /a/inner/rewritten
  - GET /a/inner/nothing
  - GET /a/teapot
  - GET /b/one/?z=3
  - GET /b/async
  - GET /b/callback
  - GET /b/status
  - GET /b
  - GET /b/
  - HEAD /b/one
  - POST /b/one
  - GET /c/7/one?q=%20
  - GET /c/7/pass
  - GET /one
  - { POST: /b/body, body: '{"a":', headers: { Content-Type: application/json } }
  - { POST: /b/body, json: { a: 1 } }
*/
const express = require('express');

const app = express();
const where = (req) => ({ url: req.url, path: req.path, base: req.baseUrl, original: req.originalUrl });
const shared = (err, req, res, next) => {
  if (res.headersSent) return next(err);
  if (err.message === 'pass') return next(err);
  const { url, path, baseUrl } = req;
  res.status(500).json({ by: 'shared', message: err.type || err.message, url, path, baseUrl, original: req.originalUrl });
};

const inner = express.Router();
inner.get('/one', () => {
  throw new Error('one of inner');
});
inner.get('/pass', (req, res, next) => next(new Error('pass')));
inner.get('/late', async (req, res, next) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  next(new Error('late'));
});
inner.get('/rewritten', (req, res, next) => next(Object.assign(new Error('first'), { again: true })));
inner.use((err, req, res, next) => {
  res.set('X-Inner', req.url);
  if (err.again) return next(new Error('second'));
  next(err);
});
inner.use((err, req, res, next) => {
  if (err.message === 'pass') next(err);
  else res.status(409).json({ by: 'inner', message: err.message, ...where(req) });
});

const a = express.Router();
a.use('/inner', (req, res, next) => {
  if (req.path === '/late') throw new Error('before inner');
  next();
});
a.use('/inner', inner);
a.get('/one', (req, res, next) => next(new Error('one of a')));
a.get('/pass', (req, res, next) => next(new Error('pass')));
a.get('/teapot', (req, res) => {
  res.status(418).set('X-Pot', 'tea');
  throw new Error('teapot');
});
a.use(shared);

const b = express.Router();
b.use(express.json());
b.use((req, res, next) => {
  res.set('X-B', req.url);
  next();
});
b.get('/one', () => {
  throw new Error('one of b');
});
b.get('/', (req, res) => {
  throw new TypeError('the root of b');
});
b.post('/body', (req, res) => res.json(req.body));
b.get('/async', (req, res, next) => {
  Promise.reject(new Error('rejected'))
    .then(() => res.send('never'))
    .catch(next);
});
b.get('/callback', (req, res, next) => {
  setTimeout(() => next(new Error('pass')), 5);
});
b.get('/status', (req, res, next) => {
  next(Object.assign(new Error('pass'), { status: 403 }));
});
b.use(shared);

const c = express.Router();
c.get('/one', () => {
  throw new Error('one of c');
});
c.get('/pass', (req, res, next) => next(new Error('pass')));
c.use((err, req, res, next) => {
  if (err.message === 'pass') return next(err);
  res.status(500).json({ by: 'c', message: err.message, ...where(req) });
});

app.use('/a', a);
app.use('/b', b);
app.use('/c/:id', c);
app.use((req, res) => res.status(404).send('nothing'));
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ by: 'app', message: err.message, url: req.url, path: req.path });
});
app.listen(process.env.PORT);
