/*
adversarial: renamed req, res, next
requests: [GET /a, GET /none]
*/
const express = require('express');

const app = express();
app.use((incoming, outgoing, go) => {
  outgoing.set('X-Path', incoming.path);
  go();
});
app.get('/a', (_, r) => {
  r.send('a');
});
app.use((oops, q, s, n) => {
  s.status(500).send('x');
});
app.listen(process.env.PORT);
