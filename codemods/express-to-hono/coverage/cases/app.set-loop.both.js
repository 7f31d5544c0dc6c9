/*
member: app.disable
variant: names from a list
requests: [GET /a]
*/
const express = require('express');

const app = express();
for (const name of ['etag', 'x-powered-by']) app.disable(name);
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);
