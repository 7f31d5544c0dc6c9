/*
member: express.json
requests:
  - { POST: /, json: { a: [1, { b: null }] } }
  - { POST: /, json: [] }
  - { POST: /, body: '{"a":', type: application/json }
  - { POST: /, body: '"text"', type: application/json }
  - { POST: /, body: '', type: application/json }
  - { POST: /, body: 'a=1', type: application/x-www-form-urlencoded }
  - { POST: /, json: { long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx } }
*/
const express = require('express');

const app = express();
app.use(express.json({ limit: 100 }));
app.post('/', (req, res) => {
  res.json({ body: req.body });
});
app.listen(process.env.PORT);
