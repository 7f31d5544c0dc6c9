/*
adversarial: the request spread
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  const copy = { ...req };
  res.json({ url: copy.url, method: copy.method });
});
app.listen(process.env.PORT);
