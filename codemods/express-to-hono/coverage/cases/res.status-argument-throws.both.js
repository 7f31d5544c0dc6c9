/*
member: res.status
variant: what is sent cannot be made
requests: [GET /404, GET /201, GET /send, GET /await, GET /catch, GET /null]
*/
const express = require('express');

const app = express();
const fail = () => {
  throw new Error('no row');
};
const later = async () => fail();
app.get('/404', (req, res) => res.status(404).json(fail()));
app.get('/201', (req, res) => res.status(201).json({ row: fail() }));
app.get('/send', (req, res) => {
  res.status(422).send(`row ${fail()}`);
});
app.get('/await', async (req, res, next) => {
  try {
    res.status(409).json(await later());
  } catch (err) {
    next(err);
  }
});
app.get('/catch', async (req, res) => {
  try {
    res.status(409).json(await later());
  } catch (err) {
    res.json({ error: err.message });
  }
});
app.get('/null', (req, res) => {
  const row = req.app.get('none');
  res.status(418).json({ name: row.name });
});
app.use((err, req, res, next) => {
  res.json({ error: err.name, status: res.statusCode });
});
app.listen(process.env.PORT);
