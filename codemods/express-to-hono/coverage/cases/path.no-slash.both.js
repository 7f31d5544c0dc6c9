/*
shape: 'a path without a slash at its start, written out or made: Express never comes to it'
requests: [GET /written, GET /made, GET /made/below, GET /api/items, GET /items/below, GET /items, GET /fine]
*/
const express = require('express');

const { prefix } = { prefix: process.env.PREFIX ?? 'made' };
const app = express();
const items = express.Router();
items.get('/', (req, res) => res.send('all'));
items.get('/below', (req, res) => res.send('below'));
app.get('/fine', (req, res) => res.send('fine'));
app.get(prefix, (req, res) => res.send('never'));
app.use(prefix, (req, res, next) => {
  res.set('X-Never', 'set');
  next();
});
app.use(`${prefix}/items`, items);
app.use(`/${process.env.ITEMS ?? 'items'}`, items);
app.listen(process.env.PORT);
