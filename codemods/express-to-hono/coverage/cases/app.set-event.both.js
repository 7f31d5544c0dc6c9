/*
member: app.set
variant: in an event, a timer and a handler
requests: [GET /off, GET /a]
*/
const express = require('express');

const app = express();
process.on('SIGUSR2', () => {
  app.disable('x-powered-by');
});
app.get('/off', (req, res) => {
  app.set('etag', false);
  res.json('off');
});
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);
