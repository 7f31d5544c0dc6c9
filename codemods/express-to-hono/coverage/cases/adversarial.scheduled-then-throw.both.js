/*
adversarial: an answer in a callback, and a throw before it runs
requests: [DELETE /notes/1, GET /notes/1, GET /failed]
*/
const express = require('express');

const app = express();
process.on('uncaughtException', () => {});
app.delete('/notes/:id', (req, res) => {
  process.nextTick(() => res.status(400).send('later'));
  throw new Error('at once');
});
app.get('/failed', (req, res, next) => {
  setTimeout(() => res.set('X-Late', 'yes').json('later'), 1);
  next(new Error('at once'));
});
app.use((err, req, res, next) => {
  res.status(404).json(err.message);
});
app.listen(process.env.PORT);
