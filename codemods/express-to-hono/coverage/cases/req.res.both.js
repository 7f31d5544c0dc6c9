/*
member: req.res
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json({ same: req.res === res });
});
app.listen(process.env.PORT);
