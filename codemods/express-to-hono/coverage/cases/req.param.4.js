/*
member: req.param()
requests: ['GET /a/1?q=2']
*/
const express = require('express');

const app = express();
app.get('/a/:id', (req, res) => {
  res.json([req.param('id'), req.param('q'), req.param('none', 'default')]);
});
app.listen(process.env.PORT);
