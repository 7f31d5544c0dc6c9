/*
member: req.accepts
variant: one type
requests: [GET /, { GET: /, headers: { Accept: text/html } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  if (req.accepts('html')) return res.send('<p>html</p>');
  res.json({ html: false });
});
app.listen(process.env.PORT);
