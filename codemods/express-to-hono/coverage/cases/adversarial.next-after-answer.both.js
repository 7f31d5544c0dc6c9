/*
adversarial: next() after the response
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res, next) => {
  res.send('sent');
  next();
});
app.use((req, res) => {
  if (!res.headersSent) res.status(404).send('none');
});
app.listen(process.env.PORT);
