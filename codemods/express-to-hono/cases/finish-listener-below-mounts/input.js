const express = require('express');

const app = express();
const api = express.Router();

app.use((req, res, next) => {
  res.on('finish', () => {
    console.log(req.method, req.path);
  });
  next();
});
api.get('/x', (req, res) => {
  res.json({ x: 1 });
});
app.use('/api', api);

module.exports = app;
