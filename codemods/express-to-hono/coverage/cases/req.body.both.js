/*
member: req.body
requests:
  - { POST: /, json: { name: Ada, tags: [a] } }
  - { POST: /, json: {} }
  - { POST: /, body: x, type: text/plain }
*/
const express = require('express');

const app = express();
app.use(express.json());
app.post('/', (req, res) => {
  const { name, tags = [] } = req.body || {};
  if (!name) return res.status(400).json({ error: 'name' });
  res.status(201).json({ name, tags });
});
app.listen(process.env.PORT);
