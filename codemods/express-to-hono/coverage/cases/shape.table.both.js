/*
shape: routes registered from a table
requests: [GET /a, POST /b]
*/
const express = require('express');

const app = express();
const routes = [
  { method: 'get', path: '/a', handler: (req, res) => res.send('a') },
  { method: 'post', path: '/b', handler: (req, res) => res.send('b') },
];
routes.forEach(({ method, path, handler }) => app[method](path, handler));
app.listen(process.env.PORT);
