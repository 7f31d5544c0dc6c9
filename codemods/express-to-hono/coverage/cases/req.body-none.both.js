/*
member: req.body
variant: no parser
requests: [{ POST: /, json: { a: 1 } }]
*/
const express = require('express');

const app = express();
app.post('/', (req, res) => {
  res.send(typeof req.body);
});
app.listen(process.env.PORT);
