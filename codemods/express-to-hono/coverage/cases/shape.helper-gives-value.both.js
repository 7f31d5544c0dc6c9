/*
shape: helpers that answer, or give the value that their caller goes on with
requests:
  - GET /me
  - { GET: /me, headers: { X-Token: a } }
  - { GET: /me, headers: { X-Token: z } }
  - { GET: /session, headers: { X-Token: b } }
  - GET /session
  - GET /files/1
  - GET /files/2
  - GET /files/3
  - { PUT: /files/1, json: { name: n } }
  - { PUT: /files/2, json: {} }
  - GET /later/1
  - GET /later/2
  - GET /waited
  - { GET: /waited, headers: { X-Token: b } }
  - GET /left/1
  - GET /left/2
*/
const express = require('express');

const app = express();
app.use(express.json());

const SESSIONS = { a: { user: 'ann' }, b: { user: 'bob' } };
const FILES = new Map([['1', { name: 'one' }]]);

function sessionOf(req, res) {
  const token = req.get('x-token');
  if (!token) {
    res.status(401);
    res.send({ reason: 'token-not-found' });
    return null;
  }
  const session = SESSIONS[token];
  if (!session) {
    res.status(401).send({ reason: 'token-expired' });
    return null;
  }
  return session;
}

const fileOf = (id, res, missing) => {
  try {
    if (id === '3') throw new TypeError('three');
    if (!FILES.has(id)) throw new RangeError(id);
    return FILES.get(id);
  } catch (e) {
    if (e instanceof RangeError) {
      res.status(400).send(missing);
      return;
    }
    throw e;
  }
};

async function loaded(id, res) {
  const file = await Promise.resolve(FILES.get(id));
  if (!file) {
    res.status(404).json({ missing: id });
    return undefined;
  }
  return { ...file, id };
}

app.get('/me', (req, res) => {
  const session = sessionOf(req, res);
  if (!session) return;
  res.json({ me: session.user });
});
app.get('/session', (req, res) => {
  let session = sessionOf(req, res);
  if (session) {
    res.send({ user: session.user });
  }
});
app.get('/files/:id', (req, res) => {
  const file = fileOf(req.params.id, res, 'file-not-found');
  if (!file) {
    return;
  }
  res.send(file.name);
});
app.put('/files/:id', (req, res) => {
  if (!fileOf(req.params.id, res, { missing: true })) return;
  FILES.set(req.params.id, req.body);
  res.json({ stored: req.body });
});
app.get('/later/:id', async (req, res) => {
  const file = await loaded(req.params.id, res);
  if (!file) return;
  res.json(file);
});
app.get('/waited', async (req, res) => {
  const session = await sessionOf(req, res);
  if (!session) return;
  res.json(session);
});
app.get('/left/:id', (req, res) => {
  if (!FILES.has(req.params.id)) {
    res.status(403).send({ left: true });
    return false;
  }
  res.json(FILES.get(req.params.id).name);
});
app.use((err, req, res, next) => {
  res.status(500).json({ failed: err.message });
});
app.listen(process.env.PORT);
