/*
member: res.redirect
requests: [GET /, { GET: /, headers: { Accept: text/html } }, { GET: /, headers: { Accept: application/json } }, GET /status, GET /abs, HEAD /, POST /status, GET /to/a, GET /to/%25zz, GET /to/50%25, GET /to/a%2520b, GET /to/%C3%A9]
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
app.get('/to/:place', (req, res) => res.redirect(`/at?place=${req.params.place}`));
app.listen(process.env.PORT);
