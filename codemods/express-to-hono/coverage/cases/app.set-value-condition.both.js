/*
member: app.set
variant: a value under a condition
requests: ["GET /a?x[y]=1"]
*/
const express = require('express');

const app = express();
app.set('query parser', process.env.NESTED ? 'extended' : 'simple');
app.get('/a', (req, res) => {
  res.json(req.query);
});
app.listen(process.env.PORT);
