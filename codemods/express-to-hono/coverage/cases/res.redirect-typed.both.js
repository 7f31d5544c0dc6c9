/*
member: res.redirect
variant: behind a type that was set
requests:
  - GET /typed
  - { GET: /typed, headers: { Accept: image/png } }
  - { HEAD: /typed, headers: { Accept: image/png } }
  - { GET: /set, headers: { Accept: image/png } }
  - { GET: /set, headers: { Accept: text/html } }
*/
const express = require('express');

const app = express();
app.get('/typed', (req, res) => {
  res.type('text/plain');
  res.redirect('/elsewhere');
});
app.get('/set', (req, res) => {
  res.set('Content-Type', 'text/css').redirect(301, '/elsewhere');
});
app.listen(process.env.PORT);
