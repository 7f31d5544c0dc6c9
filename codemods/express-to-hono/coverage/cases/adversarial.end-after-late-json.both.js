/*
adversarial: '`res.end()` behind a `res.json` that the application answers later with'
requests:
  - GET /
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  const json = res.json.bind(res);
  res.json = (body) => {
    setTimeout(() => {
      if (!res.headersSent) json(body);
    }, 5);
    return res;
  };
  next();
});
app.get('/', (req, res) => {
  res.json({ late: true });
  res.end();
});
app.listen(process.env.PORT);
