/*
adversarial: errors that are no errors
requests: [GET /undefined, GET /null, GET /zero, GET /empty, GET /next, GET /wrapped/undefined, GET /wrapped/zero, GET /tried, GET /fine]
*/
const express = require('express');

const app = express();
const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
const tried = (fn) => async (req, res, next) => {
  try {
    await fn(req, res, next);
  } catch (err) {
    next(err);
  }
};
app.get('/undefined', (req, res) => {
  throw undefined;
});
app.get('/null', (req, res) => {
  throw null;
});
app.get('/zero', (req, res) => {
  throw 0;
});
app.get('/empty', (req, res) => {
  throw '';
});
app.get('/next', (req, res, next) => {
  next(0);
});
app.get('/wrapped/undefined', wrap(async (req, res) => {
  throw undefined;
}));
app.get('/wrapped/zero', wrap(async (req, res) => {
  throw 0;
}));
app.get('/tried', tried(async (req, res) => {
  throw null;
}));
app.get('/fine', (req, res) => res.send('fine'));
app.use((err, req, res, next) => {
  res.status(500).send(`failed: ${err}`);
});
app.listen(process.env.PORT);
