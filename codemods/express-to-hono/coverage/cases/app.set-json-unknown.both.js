/*
member: app.set
variant: json spaces, and values of any type
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('json spaces', 2);
const values = { '/': { a: 1 } };
app.get('/', (req, res) => {
  res.send(values[req.path]);
});
app.listen(process.env.PORT);
