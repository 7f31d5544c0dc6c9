/*
member: app.set
variant: in modules that are loaded, one of them under a condition
requests: [GET /a]
*/
const express = require('express');

const app = express();
require('./always')(app);
if (process.env.PRETTY) require('./pretty')(app);
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);
