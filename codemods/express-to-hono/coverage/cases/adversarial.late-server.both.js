/*
shape: routes that are registered once the server which the application is handed to listens
requests: [GET /early, GET /open, GET /late, GET /later]
*/
const { createServer } = require('node:http');
const express = require('express');

const more = async (to) => {
  await null;
  to.get('/late', (req, res) => res.send('late'));
};

const app = express();
app.get('/early', (req, res) => res.send('early'));
const server = createServer(app);
server.listen(process.env.PORT, async () => {
  await more(app);
  setTimeout(() => {
    app.get('/later', (req, res) => res.json({ later: true }));
  }, 300);
});
app.get('/open', (req, res) => {
  setTimeout(() => res.send('opened'), 600);
});
