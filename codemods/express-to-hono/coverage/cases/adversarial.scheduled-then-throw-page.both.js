/*
adversarial: an answer in a callback, and a throw that Express's own page answers
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  process.nextTick(() => res.json('later'));
  res.vary('X-Flag');
  throw new Error('at once');
});
app.listen(process.env.PORT);
