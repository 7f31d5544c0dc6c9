/*
shape: A table of routes of which one path is a list
requests: [GET /a, GET /b, GET /c]
*/
const express = require('express');

const table = [
  [['/a', '/b'], (req, res) => res.send('a or b')],
  ['/c', (req, res) => res.send('c')],
];

const app = express();
for (const [path, handler] of table) app.get(path, handler);
app.listen(process.env.PORT);
