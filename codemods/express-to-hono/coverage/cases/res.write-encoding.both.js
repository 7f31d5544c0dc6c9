/*
member: res.write
variant: with an encoding, and with a callback
requests: [GET /encoding, GET /callback]
*/
const express = require('express');

const app = express();
app.get('/encoding', (req, res) => {
  res.write('\u00e9', 'latin1');
  res.end();
});
app.get('/callback', (req, res) => {
  res.write('one', () => {
    res.end('two');
  });
});
app.listen(process.env.PORT);
