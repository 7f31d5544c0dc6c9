/*
shape: routes that come once something is there, in front of `listen` and behind it
requests: [GET /first, GET /wait, GET /second, GET /third]
*/
const { createServer } = require('node:http');
const express = require('express');

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
const app = express();

async function start() {
  await soon();
  app.get('/first', (req, res) => res.send('first'));
  const server = createServer(app);
  app.get('/wait', (req, res) => {
    setTimeout(() => res.send('waited'), 400);
  });
  await new Promise((resolve) => server.listen(process.env.PORT, resolve));
  await new Promise((resolve) => setTimeout(resolve, 300));
  app.get('/second', (req, res) => res.send('second'));
  setTimeout(() => app.get('/third', (req, res) => res.send('third')), 5);
}
start();
