/*
member: res.on
requests: [GET /, GET /count]
*/
const express = require('express');

const app = express();
let finished = 0;
app.use((req, res, next) => {
  res.on('finish', () => {
    if (res.statusCode === 202) finished += 1;
  });
  next();
});
app.get('/', (req, res) => {
  res.status(202).send('x');
});
app.get('/count', (req, res) => {
  res.json({ finished });
});
app.listen(process.env.PORT);
