/*
shape: applications that are made and used in chains
requests:
  - GET /x
  - GET /in/a
  - GET /in/none
  - GET /none
*/
const express = require('express');

const inner = express().disable('x-powered-by');
inner.get('/a', (req, res) => res.json({ a: 1 }));
express()
  .disable('x-powered-by')
  .use('/in', inner)
  .get('/x', (req, res) => res.send('x'))
  .listen(process.env.PORT);
