/*
adversarial: values that count as they are read
requests: [GET /chain, GET /two, GET /plain]
*/
const express = require('express');

const app = express();
let count = 0;
const tick = () => {
  count += 1;
  return count;
};
app.get('/chain', (req, res) => {
  res.status(200 + tick()).set('X-Count', String(tick())).json([tick(), tick()]);
});
app.get('/two', (req, res) => {
  const body = { first: tick() };
  res.status(tick() > 1 ? 201 : 200).json(Object.assign(body, { last: tick() }));
});
app.get('/plain', (req, res) => {
  res.status(tick() > 100 ? 500 : 202).json({ plain: true });
});
app.listen(process.env.PORT);
