/*
member: app.set
variant: json spaces
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('json spaces', 2);
app.get('/', (req, res) => {
  res.json({ a: [1] });
});
app.listen(process.env.PORT);
