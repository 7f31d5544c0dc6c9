/*
shape: handlers behind a mount that is computed, and a patched send
inPlace: true
requests:
  - GET /api/notes/1
  - { GET: /api/notes/1, headers: { X-Key: k } }
  - { GET: /api/notes/50%25%20off, headers: { X-Key: k } }
  - { HEAD: /api/notes/1, headers: { X-Key: k } }
  - { GET: "/api/notes/1?deep[a]=1&list=x&list=y", headers: { X-Key: k } }
  - { POST: /api/notes, headers: { X-Key: k, Content-Type: application/json }, body: '{"title":"ä"}' }
  - { POST: /api/notes, headers: { X-Key: k, Content-Type: application/json }, body: '{"title"' }
  - { POST: /api/notes, headers: { Content-Type: application/json }, body: '{"title":"a"}' }
  - { DELETE: /api/notes/1, headers: { X-Key: k } }
  - { DELETE: /api/notes/1 }
  - { GET: /api/notes/1/bytes, headers: { X-Key: k } }
  - { GET: /api/notes/1/fail, headers: { X-Key: k } }
  - { GET: /api/notes/1/fails-late, headers: { X-Key: k } }
  - { GET: /api/notes/1/moved, headers: { X-Key: k } }
  - { GET: /api/notes/1/stream, headers: { X-Key: k } }
  - { GET: /api/notes/1/none, headers: { X-Key: k } }
  - { GET: /API/Notes/1/, headers: { X-Key: k } }
  - GET /sent
  - GET /none
*/
const { Readable } = require('node:stream');
const express = require('express');

const app = express();
const notes = express.Router();
const sent = [];

const guard = (req, res, next) => {
  if (req.get('x-key') !== 'k') return res.status(401).json({ error: 'no key' });
  req.user = { name: 'ada' };
  res.locals.since = 1815;
  return next();
};

app.use((req, res, next) => {
  const { send } = res;
  res.send = function (body) {
    if (typeof body === 'string') sent.push(body.length);
    return send.call(this, body);
  };
  res.set('X-Trace', 't');
  res.cookie('seen', 'yes');
  req.headers['x-added'] = 'by the way';
  next();
});
app.use(express.json());

notes.get('/:id', guard, (req, res) => {
  res.removeHeader('X-Trace');
  res.cookie('last', req.params.id);
  res.json({
    id: req.params.id,
    user: req.user.name,
    since: res.locals.since,
    base: req.baseUrl,
    path: req.path,
    url: req.url,
    query: req.query,
    added: req.get('x-added'),
  });
});
notes.post('/', guard, async (req, res) => {
  res.status(201).location(`/notes/${req.body.title.length}`);
  res.send({ title: req.body.title, by: req.user.name });
});
notes.delete('/:id', guard, (req, res) => res.sendStatus(204));
notes.get('/:id/bytes', guard, (req, res) => res.type('png').send(Buffer.from([137, 80, 255, 0])));
notes.get('/:id/fail', guard, (req, res) => {
  res.set('X-Half', 'done');
  res.status(418);
  throw new Error(`not ${req.params.id}`);
});
notes.get('/:id/fails-late', guard, (req, res, next) => {
  Promise.reject(new Error('later')).catch(next);
});
notes.get('/:id/moved', guard, (req, res) => res.redirect(301, '/api/notes/2'));
notes.get('/:id/stream', guard, (req, res) => {
  res.type('text');
  Readable.from(['one', 'two']).pipe(res);
});
notes.get('/:id/none', guard, (req, res) => res.status(202).end());

for (const prefix of (process.env.PREFIX || '/api').split(',')) app.use([prefix, 'notes'].join('/'), notes);
app.get('/sent', (req, res) => res.json({ count: sent.length }));
app.use((req, res) => res.status(404).send(`nothing at ${req.originalUrl}`));
app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(res.statusCode === 200 ? 500 : res.statusCode).json({ error: err.type ?? err.message, half: res.get('X-Half') });
});
app.listen(process.env.PORT);
