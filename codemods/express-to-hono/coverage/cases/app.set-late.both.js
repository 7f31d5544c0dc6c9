/*
member: app.enable
variant: routing settings after a route, where Express ignores them
requests: [GET /a/, GET /A]
*/
const express = require('express');

const app = express();
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.enable('strict routing');
app.enable('case sensitive routing');
app.listen(process.env.PORT);
