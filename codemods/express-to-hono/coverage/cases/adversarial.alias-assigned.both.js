/*
adversarial: a name of the request or the response that is assigned another value, and one of next
requests:
  - GET /next
  - GET /
  - GET /later
*/
const express = require('express');

const app = express();

app.get('/', (req, res) => {
  let request = req;
  if (request.query.other === undefined) request = { query: { a: 'of another' } };
  res.json({ a: request.query.a });
});

app.get('/next', (req, res, next) => {
  const proceed = next;
  proceed();
});

app.get('/later', (req, res) => {
  let response = res;
  response = { json: (value) => res.json({ wrapped: value }) };
  response.json('later');
});

app.listen(process.env.PORT);
