/*
member: req.acceptsEncodings
requests: [{ GET: /, headers: { Accept-Encoding: gzip } }, GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json(req.acceptsEncodings('gzip', 'identity'));
});
app.listen(process.env.PORT);
