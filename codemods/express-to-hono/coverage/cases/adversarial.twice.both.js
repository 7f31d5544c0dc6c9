/*
adversarial: answered twice
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send('first');
  res.send('second');
});
app.listen(process.env.PORT);
