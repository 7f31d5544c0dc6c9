/*
adversarial: A stream under a status that has no body
requests: [GET /304, GET /204, GET /200, GET /pipe]
*/
const express = require('express');
const { Readable } = require('node:stream');

const app = express();
app.use((req, res, next) => {
  if (req.path !== '/200') res.statusCode = req.path === '/304' ? 304 : 204;
  next();
});
app.get('/pipe', (req, res) => {
  Readable.from(['a', 'b']).pipe(res);
});
app.get('/:code', (req, res) => {
  res.write('first ');
  res.end('last');
});
app.listen(process.env.PORT);
