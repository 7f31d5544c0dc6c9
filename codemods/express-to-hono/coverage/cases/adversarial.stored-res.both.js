/*
adversarial: res kept for later
requests: [GET /wait, GET /wake]
concurrent: true
*/
const express = require('express');

const app = express();
let waiting = [];
app.get('/wait', (req, res) => {
  waiting.push(res);
});
app.get('/wake', (req, res) => {
  setTimeout(() => {
    for (const each of waiting) each.send('woken');
    waiting = [];
    res.send('done');
  }, 30);
});
app.listen(process.env.PORT);
