// One route for each way in which real Express code answers.
const express = require('express');
const fs = require('fs');
const path = require('path');

const app = express();
const router = express.Router();
const late = (ms, value) => new Promise((resolve) => setTimeout(() => resolve(value), ms));
const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
const ok = (res, data, status = 200) => res.status(status).json({ ok: true, data });

app.set('etag', 'strong');
app.use(express.json({ limit: '1kb' }));
app.use(express.urlencoded({ extended: false }));
app.use((req, res, next) => {
  res.locals.trace = [];
  res.set('X-Trace', 'on');
  next();
});

app.get('/tail', (req, res) => res.json({ a: [1, 2], q: req.query }));
app.get('/html', (req, res) => {
  res.send('<b>' + req.query.name + '</b>');
});
app.get('/status', (req, res) => {
  res.status(Number(req.query.code) || 200);
  res.send({ code: req.query.code });
});
app.get('/buffer', (req, res) => res.send(Buffer.from('abc')));
app.get('/null', (req, res) => res.json(null));
app.get('/empty', (req, res) => res.send());
app.get('/end', (req, res) => res.status(202).end());
app.get('/endtext', (req, res) => {
  res.setHeader('Content-Type', 'text/csv');
  res.end('plain');
});
app.get('/typed', (req, res) => {
  res.type('json');
  res.send('{"a":1}');
});
app.get('/typed2', (req, res) => res.type('.html').status(201).send('x'));
app.get('/sendstatus/:code', (req, res) => res.sendStatus(Number(req.params.code)));
app.get('/nocontent', (req, res) => res.sendStatus(204));
app.get('/teapot', (req, res) => res.sendStatus(418));
app.get('/redir', (req, res) => res.status(301).redirect('/x?y=é z'));
app.get('/redir2', (req, res) => res.redirect(307, req.query.to || '/'));
app.get('/cb', (req, res, next) => {
  fs.readFile(path.join(__dirname, '..', String(req.query.f)), 'utf8', (err, text) => {
    if (err) return next(err);
    res.send(text.slice(0, 20));
  });
});
app.get('/wrapped', wrap(async (req, res) => {
  if (req.query.fail) throw Object.assign(new Error('wrapped'), { status: 409 });
  ok(res, await late(5, 'later'), 203);
}));
app.get('/chain', (req, res, next) => {
  late(1, Number(req.query.n)).then((n) => (n ? ok(res, n) : next(Object.assign(new Error('zero'), { status: 422 })))).catch(next);
});
app.post('/body', (req, res) => {
  const { body } = req;
  if (!body.name) {
    res.status(400).json({ error: 'name', got: body });
    return;
  }
  res.location(`/body/${body.name}`).status(201).json(body);
});
app.put('/raw', express.text({ type: '*/*' }), (req, res) => res.send(req.body.toUpperCase()));
app.get('/headers', (req, res) => {
  res.setHeader('X-One', 1);
  res.append('X-Two', 'a');
  res.append('X-Two', 'b');
  res.vary('Accept');
  res.cookie('a', 'b c', { maxAge: 1000 });
  res.clearCookie('old');
  res.json({ h: req.headers['x-in'], g: req.get('X-In'), m: req.method, o: req.originalUrl, p: req.path, x: req.xhr });
});
app.get('/stream', async (req, res) => {
  res.setHeader('Content-Type', 'text/plain');
  for (const part of ['one\n', 'two\n']) {
    res.write(part);
    await late(2);
  }
  res.end('end');
});
app.get('/pipe', (req, res) => {
  res.setHeader('Content-Type', 'text/plain');
  fs.createReadStream(path.join(__dirname, '../notes.txt'), { end: 30 }).pipe(res);
});
app.get('/switch/:kind', (req, res, next) => {
  switch (req.params.kind) {
    case 'a':
      res.json('a');
      break;
    case 'b':
      return next();
    case 'c':
      return next(Object.assign(new Error('c'), { statusCode: 451, expose: true }));
    default:
      res.status(404).send('kind?');
  }
});
app.get('/switch/b', (req, res) => res.send('second b'));
app.get('/try', async (req, res, next) => {
  try {
    if (req.query.a) return next(Object.assign(new Error('forwarded'), { status: 400 }));
    if (req.query.b) throw new Error('caught');
    res.json({ fine: true });
  } catch (err) {
    res.status(502).json({ caught: err.message });
  }
});
app.get('/throw', () => {
  throw Object.assign(new Error('thrown'), { status: 403 });
});
app.get('/after', (req, res) => {
  res.json({ first: true });
  res.locals.trace.push('after');
});
router.use((req, res, next) => {
  res.set('X-Path', `${req.baseUrl}|${req.path}|${req.url}`);
  next();
});
router.param('id', (req, res, next, id) => {
  if (id === '0') return res.status(404).send('no zero');
  req.item = { id };
  next();
});
router.route('/:id').get((req, res) => res.json(req.item)).delete((req, res) => res.json({ gone: req.item.id }));
router.post('/', (req, res) => res.status(201).json(req.body));
app.use('/items', router);
app.all('/any/*', (req, res) => res.json({ rest: req.params[0], method: req.method }));
app.get(['/one', '/two'], (req, res) => res.send(req.path));
app.get('/opt/:a?', (req, res) => res.json({ a: req.params.a, all: req.params }));
app.get('/files/:name', (req, res, next) => {
  res.sendFile(path.join(__dirname, '..', req.params.name), (err) => {
    if (err && !res.headersSent) next(err);
  });
});
app.use('/pub', express.static(path.join(__dirname, '..'), { index: false }));
app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  if (err.status === 403 || err.code === 'ENOENT') return next(err);
  res.status(err.status || err.statusCode || 500).json({ error: err.message, type: err.type });
});

app.listen(process.env.PORT);
