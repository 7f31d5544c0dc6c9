/*
adversarial: A status without a body that was set before the answer
requests: [POST /early/promised, POST /early/text, GET /itself, GET /assigned, GET /fails, GET /text, GET /object, GET /html, GET /jsonp, GET /reset, GET /own, GET /helper, GET /error, { GET: /text, headers: { If-None-Match: '*' } }]
*/
const express = require('express');

const app = express();
const ok = (res, data, status = 200) => res.status(status).json({ data });
app.use('/early', (req, res, next) => {
  res.status(204);
  next();
});
app.post('/early/promised', (req, res) => {
  return Promise.resolve({ a: 1 }).then((row) => res.json(row));
});
app.post('/early/text', (req, res) => {
  res.send('text');
});
app.get('/itself', (req, res) => {
  res.status(205);
  res.json({ own: true });
});
app.get('/assigned', (req, res) => {
  res.statusCode = 304;
  res.json([]);
});
app.get('/fails', (req, res) => {
  res.status(204);
  throw new Error('failed');
});
app.use((req, res, next) => {
  res.statusCode = req.path === '/object' ? 304 : 204;
  next();
});
app.get('/text', (req, res) => res.send('text'));
app.get('/object', (req, res) => res.json({ a: 1 }));
app.get('/html', (req, res) => res.type('html').send(`<b>${req.path}</b>`));
app.get('/jsonp', (req, res) => res.jsonp([1]));
app.get('/reset', (req, res) => {
  res.status(205);
  res.send([]);
});
app.get('/own', (req, res) => res.status(200).send('own'));
app.get('/helper', (req, res) => ok(res, req.path, 204));
app.get('/error', () => {
  throw new Error('none');
});
app.use((err, req, res, next) => {
  res.json({ error: err.message });
});
app.listen(process.env.PORT);
