/*
member: res.location
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.status(201).location('/é?a b').json({});
});
app.listen(process.env.PORT);
