/*
shape: path with an optional parameter
requests: [GET /a, GET /a/1]
*/
const express = require('express');

const app = express();
app.get('/a{/:id}', (req, res) => {
  res.json({ id: req.params.id || null });
});
app.listen(process.env.PORT);
