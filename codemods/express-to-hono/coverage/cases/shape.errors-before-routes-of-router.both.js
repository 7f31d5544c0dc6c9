/*
shape: an error handler of a router that stands after its parser and before its routes
requests:
  - { POST: /api/echo, json: { a: 1 } }
  - { POST: /api/echo, body: '{"a":', headers: { Content-Type: application/json } }
  - GET /api/fails
  - GET /api/stops
  - GET /api/none
  - { POST: /echo, body: '{"a":', headers: { Content-Type: application/json } }
  - { POST: /echo, json: { a: 2 } }
*/
const express = require('express');

const app = express();
const api = express.Router();
const onParsing = (err, req, res, next) => res.status(422).json({ at: req.url, error: err.type });
api.use(express.json());
api.use((req, res, next) => {
  if (req.path === '/stops') throw new Error('stopped');
  next();
});
api.use(onParsing);
api.post('/echo', (req, res) => res.json(req.body));
api.get('/fails', (req, res) => {
  throw new Error('failed');
});
app.use('/api', api);
app.post('/echo', express.json(), (req, res) => res.json(req.body));
app.use((err, req, res, next) => res.status(err.status || 500).json({ app: err.message.length > 0 }));
app.listen(process.env.PORT);
