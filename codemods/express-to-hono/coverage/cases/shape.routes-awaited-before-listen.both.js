/*
shape: routes that a promise brings, all of them before the server listens
requests: [GET /a, GET /b, GET /c]
*/
const { createServer } = require('node:http');
const express = require('express');

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

async function load(to) {
  await soon();
  to.get('/a', (req, res) => res.send('a'));
}

const app = express();
load(app)
  .then(async () => {
    await soon();
    app.get('/b', (req, res) => res.json({ b: 1 }));
  })
  .then(() => {
    app.get('/c', (req, res) => res.send('c'));
    createServer(app).listen(process.env.PORT);
  });
