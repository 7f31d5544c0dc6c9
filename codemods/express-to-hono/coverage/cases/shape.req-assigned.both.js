/*
shape: req.<standard> reassigned
requests: ['GET /old?x=1', { POST: /, json: {} }]
*/
const express = require('express');

const app = express();
app.use(express.json());
app.use((req, res, next) => {
  if (req.url.startsWith('/old')) req.url = req.url.replace('/old', '/new');
  next();
});
app.get('/new', (req, res) => {
  res.send(req.url + ' ' + req.originalUrl);
});
app.post('/', (req, res) => {
  req.body = { replaced: true };
  res.json(req.body);
});
app.listen(process.env.PORT);
