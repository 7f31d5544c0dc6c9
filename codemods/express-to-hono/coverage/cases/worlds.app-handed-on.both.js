/*
shape: functions that are handed the application, one by one and from a list, with a router of their own
requests: [GET /healthz, {POST: /echo, json: {a: 1}}, GET /notes/7, GET /odd, GET /late, GET /nowhere]
*/
const express = require('express');

const health = (app) => {
  app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
  app.get('/odd', (req, res) => {
    const held = { res };
    held.res.send('odd');
  });
};
const echo = (app) => {
  app.post('/echo', (req, res) => res.status(201).json(req.body));
};
function notes(app) {
  const router = express.Router();
  router.get('/:id', (req, res) => res.json({ id: req.params.id }));
  app.use('/notes', router);
}

const app = express();
app.use(express.json());
[health, echo].forEach((register) => register(app));
notes(app);
app.get('/late', (req, res) => res.send('late'));
app.listen(process.env.PORT);
