/*
member: res.redirect
requests: [GET /, { GET: /, headers: { Accept: text/html } }, { GET: /, headers: { Accept: application/json } }, GET /status, GET /abs, HEAD /, POST /status]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.redirect('/login?a=<b>');
});
app.all('/status', (req, res) => {
  res.redirect(301, '../up');
});
app.get('/abs', (req, res) => res.redirect('http://example.com/é'));
app.listen(process.env.PORT);
