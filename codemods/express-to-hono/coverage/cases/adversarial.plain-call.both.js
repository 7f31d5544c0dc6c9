/*
adversarial: a handler used as a plain function elsewhere
requests: [GET /a, GET /b]
*/
const express = require('express');

const app = express();
function show(req, res) {
  res.send('shown ' + req.query.q);
}
app.get('/a', show);
app.get('/b', (req, res) => {
  show({ query: { q: 'own' } }, res);
});
app.listen(process.env.PORT);
