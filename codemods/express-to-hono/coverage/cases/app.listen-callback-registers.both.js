/*
member: app.listen
variant: routes that its callback registers, by a function as well
requests: [GET /early, GET /docs.json, GET /late, GET /none]
*/
const express = require('express');

const app = express();
const docs = (on) => {
  on.get('/docs.json', (req, res) => {
    res.json({ openapi: '3.0.0' });
  });
};
app.get('/early', (req, res) => {
  res.send('early');
});
app.listen(process.env.PORT, () => {
  docs(app);
  app.get('/late', (req, res) => {
    res.send('late');
  });
  app.use((req, res) => {
    res.status(404).json({ none: req.path });
  });
});
