/*
adversarial: finally around the response
requests: [GET /, GET /count]
*/
const express = require('express');

const app = express();
let count = 0;
app.get('/', async (req, res, next) => {
  try {
    res.send(await Promise.resolve('tried'));
  } catch (error) {
    next(error);
  } finally {
    count += 1;
  }
});
app.get('/count', (req, res) => {
  res.json({ count });
});
app.listen(process.env.PORT);
