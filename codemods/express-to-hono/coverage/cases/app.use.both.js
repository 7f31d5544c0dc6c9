/*
member: app.use
requests: [GET /, GET /api, GET /api/x, GET /API/x, GET /apix]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.set('X-First', '1');
  next();
});
app.use('/api', (req, res, next) => {
  res.set('X-Api', req.path);
  next();
});
app.get('/api/x', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
