/*
shape: an application mounted in another one, of which a part stays
requests:
  - GET /account/list
  - { GET: /account/list, headers: { X-Key: k } }
  - { POST: /account/add, json: { a: 1 }, headers: { X-Key: k } }
  - { POST: /account/add, json: { a: 1 } }
  - { POST: /account/add, body: '{"a":', headers: { X-Key: k, Content-Type: application/json } }
  - GET /account/odd
  - { GET: /account/odd, headers: { X-Key: k } }
  - { GET: /account/none, headers: { X-Key: k } }
  - GET /account/none
  - GET /ACCOUNT/list
  - { GET: /account/list/, headers: { X-Key: k } }
  - { HEAD: /account/list, headers: { X-Key: k } }
  - HEAD /account/list
  - GET /files/one
  - GET /files/none
  - GET /else
*/
const express = require('express');

const app = express();
app.disable('x-powered-by');
app.use(express.json());

const account = express();
account.disable('x-powered-by');
account.use((req, res, next) => {
  if (req.get('x-key') !== 'k') return res.status(401).json({ error: 'no key' });
  res.locals = { key: req.get('x-key'), path: req.baseUrl };
  next();
});
account.get('/list', (req, res) => res.json([res.locals.key]));
account.post('/add', (req, res) => res.status(201).json({ added: req.body.a, by: res.locals.key }));
account.get('/odd', (req, res) => {
  const held = { res };
  held.res.json({ odd: true, by: res.locals.key });
});

const files = express().disable('x-powered-by');
files.get('/:name', (req, res, next) => (req.params.name === 'one' ? res.send('one') : next()));

app.use('/account', account);
app.use('/files', files);
app.use((req, res) => res.status(404).json({ none: req.path }));
app.listen(process.env.PORT);
