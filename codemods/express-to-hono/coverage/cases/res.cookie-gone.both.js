/*
member: res.cookie
variant: of an age below zero
mask: ['Expires=[^;]+']
requests: [GET /, GET /later]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.cookie('token', '', { maxAge: -1, path: '/' });
  res.json({ gone: true });
});
app.get('/later', (req, res) => {
  res.cookie('token', 'x', { maxAge: 0 }).send('now');
});
app.listen(process.env.PORT);
