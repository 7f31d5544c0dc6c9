/*
adversarial: a middleware behind the bridge that sets a type
requests: [GET /text, GET /json]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  if (req.httpVersion === '1.1') res.type('application/vnd.api+json');
  next();
});
app.get('/text', (req, res) => {
  res.send('{}');
});
app.get('/json', (req, res) => {
  res.json({});
});
app.listen(process.env.PORT);
