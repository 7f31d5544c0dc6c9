/*
shape: bridged and converted handlers share a request
requests:
  - { POST: '/orders?x[y]=1', json: { name: Ada }, headers: { X-User: ada, X-Forwarded-For: 1.2.3.4 } }
  - { POST: /orders, json: { name: Ada } }
  - { GET: /account, headers: { X-User: ada } }
  - { GET: /kept, headers: { X-User: ada } }
  - { GET: /fails, headers: { X-User: ada } }
  - { GET: /later, headers: { X-User: ada } }
  - { HEAD: /kept, headers: { X-User: ada } }
*/
const express = require('express');

const app = express();
app.set('trust proxy', true);
app.use(express.json());

// converted: sets what the bridged ones read
app.use((req, res, next) => {
  req.user = { name: req.get('x-user') || 'nobody' };
  res.locals.title = 'Shop';
  res.set('X-First', 'yes');
  next();
});

// bridged: an alias of the response; sets what the converted ones read
app.use((req, res, next) => {
  const response = res;
  req.account = { of: req.user.name, title: response.locals.title, keys: Object.keys(response.locals) };
  response.locals.menu = ['a'];
  response.append('X-Second', 'yes');
  response.cookie('seen', '1');
  next();
});

app.post('/orders', (req, res) => {
  const answer = res;
  answer.status(201).json({ body: req.body, query: req.query, ip: req.ip, url: req.url, account: req.account });
});
app.get('/account', (req, res) => {
  res.json({ account: req.account, menu: res.locals.menu, user: req.user.name });
});
app.get('/kept', (req, res) => {
  const answer = res;
  answer.set('ETag', '"own"');
  answer.send(req.user.name);
});
app.get('/fails', async (req, res, next) => {
  const answer = res;
  if (!answer) res.end();
  next(Object.assign(new Error('failed'), { status: 409 }));
});
app.get('/later', (req, res) => {
  const answer = res;
  setTimeout(() => answer.json({ late: true, sent: answer.headersSent }), 5);
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ error: err.message, user: req.user.name });
});
app.listen(process.env.PORT);
