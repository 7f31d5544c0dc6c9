/*
member: app.use
variant: a router for all that is left, mounted at a wildcard, with routes for all
requests: [GET /one, GET /none, POST /none/at/all, GET /, GET /one/two, PUT /one]
*/
const express = require('express');

const app = express();
const one = express.Router();
const rest = express.Router();
one.get('/', (req, res) => {
  res.send('one');
});
rest.get('*', (req, res) => {
  res.status(404).json({ error: 'not found', url: req.originalUrl });
});
rest.post('/*', () => {
  throw new Error('not here');
});
app.use('/one', one);
app.use('*', rest);
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message });
});
app.listen(process.env.PORT);
