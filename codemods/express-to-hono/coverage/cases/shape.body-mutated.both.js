/*
shape: req.body changed in place
requests: [{ POST: /, json: { name: ' ada ' } }]
*/
const express = require('express');

const app = express();
app.use(express.json());
app.use((req, res, next) => {
  if (req.body && req.body.name) req.body.name = req.body.name.trim();
  next();
});
app.post('/', (req, res) => {
  req.body.extra = 1;
  res.json(req.body);
});
app.listen(process.env.PORT);
