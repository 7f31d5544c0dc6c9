/*
shape: beside Express
variant: all
packages: [cors]
requests: [GET /stats, POST /stats, HEAD /stats, OPTIONS /stats, DELETE /stats/9, {GET: /admin/panel, headers: {X-Role: root}}, GET /admin/panel, GET /admin/none, GET /admin, {GET: /admin/kept, headers: {X-Role: root}}, GET /admin/kept, GET /inner/a, GET /inner/a/b, POST /inner/item, GET /kept, GET /none, {OPTIONS: /stats, headers: {Origin: 'http://one.test', Access-Control-Request-Method: GET}}, {OPTIONS: /kept, headers: {Origin: 'http://one.test', Access-Control-Request-Method: GET}}]
*/
const express = require('express');
const cors = require('cors');

const app = express();
app.use((req, res, next) => {
  res.type('json');
  next();
});
app.use(cors());
app.all('/stats', (req, res) => {
  res.json({ method: req.method });
});
app.route('/stats/:id').all((req, res) => {
  res.json({ id: req.params.id, method: req.method });
});
app.all('/admin/*', (req, res, next) => {
  if (req.get('X-Role') !== 'root') return res.status(401).json({ error: 'role' });
  next();
});
app.get('/admin/panel', (req, res) => {
  res.json({ panel: true });
});
app.get('/admin/kept', (req, res) => {
  const answer = { res };
  answer.res.json({ kept: true });
});
const inner = express.Router();
inner.all('*', (req, res, next) => {
  res.set('X-Inner', 'yes');
  next();
});
inner.get('/a', (req, res) => {
  res.json({ a: true });
});
inner.all('/item', (req, res) => {
  res.json({ item: req.method });
});
app.use('/inner', inner);
app.get('/kept', (req, res) => {
  const answer = { res };
  answer.res.json({ kept: true });
});
app.all('*', (req, res) => {
  res.status(404).json({ error: 'nothing here' });
});
app.listen(process.env.PORT);
