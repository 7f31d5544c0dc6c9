/*
member: req.accepts
requests: [GET /, { GET: /, headers: { Accept: text/html } }, { GET: /, headers: { Accept: 'application/json;q=0.5, text/html' } }, { GET: /, headers: { Accept: image/png } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(String(req.accepts(['json', 'html'])));
});
app.listen(process.env.PORT);
