/*
member: req.range
requests: [{ GET: /, headers: { Range: bytes=0-4 } }, GET /, { GET: /, headers: { Range: bytes=9-2 } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json({ range: req.range(100) });
});
app.listen(process.env.PORT);
