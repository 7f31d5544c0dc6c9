/*
member: res.sendFile
packages: [cookie-parser]
requests:
  - GET /link
  - GET /clear
  - GET /set
*/
const path = require('node:path');
const express = require('express');
const cookies = require('cookie-parser');

const app = express();
const where = { path: '/link' };
app.use(cookies('secret'));
app.get('/link', (req, res) => res.sendFile('a.txt', { root: path.resolve(__dirname, 'files') }));
app.get('/clear', (req, res) => {
  res.clearCookie('seen', { path: req.path });
  res.json({});
});
app.get('/set', (req, res) => {
  res.cookie('seen', 'yes', { path: where.path, signed: true });
  res.json({});
});
app.listen(process.env.PORT);
