/*
shape: path with two parameters in a segment
requests: [GET /f/a.txt, GET /flights/LAX-SFO, GET /f/a]
*/
const express = require('express');

const app = express();
app.get('/f/:name.:ext', (req, res) => {
  res.json(req.params);
});
app.get('/flights/:from-:to', (req, res) => {
  res.json(req.params);
});
app.listen(process.env.PORT);
