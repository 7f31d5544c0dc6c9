/*
adversarial: a local function that answers
requests: [GET /, 'GET /?a=1']
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  const fail = (message) => {
    res.status(400).json({ message });
  };
  if (!req.query.a) return fail('a');
  res.json({ a: req.query.a });
});
app.listen(process.env.PORT);
