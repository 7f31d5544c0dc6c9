/*
adversarial: A status set before Express answers OPTIONS by itself
requests: [OPTIONS /a, OPTIONS /b, GET /a]
*/
const express = require('express');

const app = express();
app.get('/b', (req, res) => res.send('b'));
app.use((req, res, next) => {
  res.status(req.path === '/a' ? 203 : 304);
  next();
});
app.get('/a', (req, res) => res.send('a'));
app.listen(process.env.PORT);
