/*
member: req.acceptsCharsets
requests: [{ GET: /, headers: { Accept-Charset: utf-8 } }, GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json(req.acceptsCharsets('utf-8', 'iso-8859-1'));
});
app.listen(process.env.PORT);
