/*
adversarial: a handler called with a response of its own
requests: [GET /a, GET /b]
*/
const express = require('express');

const app = express();
function show(req, res) {
  res.send('shown');
}
app.get('/a', show);
app.get('/b', (req, res) => {
  let text = '';
  show({}, { send: (value) => { text = value; } });
  res.send(text.toUpperCase());
});
app.listen(process.env.PORT);
