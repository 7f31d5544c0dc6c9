/*
member: app.METHOD
requests: [PATCH /a, PROPFIND /a, OPTIONS /a, GET /a, HEAD /b, GET /b]
*/
const express = require('express');

const app = express();
app.patch('/a', (req, res) => {
  res.send('patched');
});
app.options('/a', (req, res) => {
  res.set('Allow', 'PATCH').send('options');
});
app.propfind('/a', (req, res) => {
  res.send('found');
});
app.listen(process.env.PORT);
