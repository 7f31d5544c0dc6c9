/*
member: app.set
variant: on and off as numbers and texts
requests: [GET /a, GET /a/, GET /A]
*/
const express = require('express');

const app = express();
app.set('x-powered-by', 0);
app.set('strict routing', 1);
app.set('case sensitive routing', '');
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);
