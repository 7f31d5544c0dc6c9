/*
shape: a setting, two applications and a handler behind a bridge
requests: [GET /, GET /inner/ip]
*/
const express = require('express');

const app = express();
app.enable('trust proxy');
const inner = express();
inner.get('/ip', (req, res) => res.send(req.ip));
app.use('/inner', inner);
app.get('/', (req, res) => {
  if (req.query.never) return;
  res.send('here');
});
app.listen(process.env.PORT);
