/*
shape: 'everything is registered, and listened to, in the callback of a connection: nothing asks before'
requests:
  - GET /a
  - GET /b
  - GET /kept
  - GET /nothing
  - { POST: /a, json: { x: 1 } }
*/
const fs = require('fs');
const express = require('express');

const app = express();

const routes = (to, rows) => {
  to.get('/a', (req, res) => {
    res.json({ rows, hint: res.locals.hint });
  });
  to.get('/kept', (req, res) => {
    const emit = req.emit;
    res.json({ kept: typeof emit, hint: res.locals.hint });
  });
  to.post('/a', (req, res) => {
    res.status(201).json(req.body);
  });
};

fs.readFile(__filename, (err, bytes) => {
  if (err) throw err;
  app.use(express.json());
  app.use((req, res, next) => {
    res.locals.hint = bytes.length > 0;
    next();
  });
  routes(app, [1, 2]);
  app.get('/b', (req, res) => {
    res.send('b');
  });
  app.listen(process.env.PORT);
});
