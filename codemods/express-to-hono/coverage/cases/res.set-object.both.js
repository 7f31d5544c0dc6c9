/*
member: res.set
variant: of an object that is known only when it runs
requests: [GET /plain, GET /lists, GET /type, GET /none, GET /fails, HEAD /plain]
*/
const express = require('express');

const app = express();
const given = { 'X-One': 1, 'Cache-Control': 'no-store' };
app.get('/plain', (req, res) => {
  res.set(given).json({ plain: true });
});
app.get('/lists', (req, res) => {
  const lists = { 'Set-Cookie': ['a=1', 'b=2'] };
  res.set('X-Before', 'yes');
  res.header(lists);
  res.json({ lists: true });
});
app.get('/type', (req, res) => {
  const headers = { 'Content-Type': 'application/xml' };
  res.set(headers).send('<a/>');
});
app.get('/none', (req, res) => {
  res.set(req.headers['x-none']).status(201).json({});
});
app.get('/fails', () => {
  throw Object.assign(new Error('no token'), { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
});
app.use((err, req, res, next) => {
  res.set(err.headers).status(err.status).json({ message: err.message });
});
app.listen(process.env.PORT);
