/*
adversarial: a type that was set before an error
requests: [GET /fails, GET /fine]
*/
const express = require('express');

const app = express();
app.get('/fails', (req, res, next) => {
  res.type('csv');
  next(new Error('broken'));
});
app.get('/fine', (req, res) => {
  res.json('fine');
});
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message });
});
app.listen(process.env.PORT);
