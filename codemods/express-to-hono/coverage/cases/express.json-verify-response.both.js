/*
member: express.json
variant: with verify, that answers by itself
requests:
  - { POST: /, json: { a: 1 } }
  - { POST: /, json: { forbidden: 1 } }
*/
const express = require('express');

const app = express();
app.use(express.json({
  verify: (req, res, buf) => {
    res.set('X-Bytes', String(buf.length));
    if (buf.includes('forbidden')) throw new Error('not this');
  },
}));
app.post('/', (req, res) => {
  res.json(req.body);
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json(err.message);
});
app.listen(process.env.PORT);
