/*
member: app.use
variant: a router behind all others, mounted at a wildcard
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
  res.status(404).json({ error: 'not found', path: req.path, base: req.baseUrl });
});
rest.all('/', (req, res) => {
  res.status(405).json({ error: 'unhandled' });
});
app.use('/one', one);
app.use('*', rest);
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message });
});
app.listen(process.env.PORT);
