/*
adversarial: a header set after the response
requests: [GET /]
*/
const express = require('express');

const app = express();
app.use((err, req, res, next) => {
  res.status(500).send(err.code);
});
app.get('/', (req, res) => {
  res.send('sent');
  try {
    res.set('X-Late', '1');
  } catch {
    // too late, as expected
  }
});
app.listen(process.env.PORT);
