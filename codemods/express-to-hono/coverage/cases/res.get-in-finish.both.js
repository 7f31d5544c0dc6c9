/*
member: res.get
variant: of the length, once the response is finished
requests: [GET /, GET /last]
*/
const express = require('express');

const app = express();
let last = null;
app.use((req, res, next) => {
  res.on('finish', () => {
    last = [req.method, res.statusCode, res.get('Content-Length')];
  });
  next();
});
app.get('/last', (req, res) => {
  res.json(last);
});
app.get('/', (req, res) => {
  res.status(202).json('a');
});
app.listen(process.env.PORT);
