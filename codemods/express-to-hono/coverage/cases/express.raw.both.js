/*
member: express.raw
requests:
  - { POST: /, body: 'a b', type: application/octet-stream }
  - { POST: /, body: 'a b', type: text/plain }
*/
const express = require('express');

const app = express();
app.use(express.raw());
app.post('/', (req, res) => {
  res.json({ raw: Buffer.isBuffer(req.body), length: req.body ? req.body.length : -1 });
});
app.listen(process.env.PORT);
