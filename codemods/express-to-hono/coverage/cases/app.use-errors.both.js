/*
member: app.use
variant: two error handlers
requests: [GET /known, GET /other]
*/
const express = require('express');

const app = express();
app.get('/known', (req, res, next) => {
  next(Object.assign(new Error('known'), { code: 'KNOWN' }));
});
app.get('/other', (req, res, next) => {
  next(new Error('other'));
});
app.use((err, req, res, next) => {
  if (err.code === 'KNOWN') return res.status(400).send('known');
  next(err);
});
app.use((err, req, res, next) => {
  res.status(500).send('last: ' + err.message);
});
app.listen(process.env.PORT);
