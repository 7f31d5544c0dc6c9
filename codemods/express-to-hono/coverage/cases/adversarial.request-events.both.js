/*
adversarial: the request read by events
requests: [{ POST: /, body: abc, type: text/plain }]
*/
const express = require('express');

const app = express();
app.post('/', (req, res) => {
  let text = '';
  req.on('data', (chunk) => {
    text += chunk;
  });
  req.on('end', () => {
    res.send(text.toUpperCase());
  });
});
app.listen(process.env.PORT);
