/*
member: app.enable
variant: the same setting twice
requests: [GET /a/]
*/
const express = require('express');

const app = express();
app.enable('strict routing');
app.disable('strict routing');
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);
