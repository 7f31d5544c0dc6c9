/*
member: express.text
requests:
  - { POST: /, body: 'a b', type: text/plain }
  - { POST: /, body: 'é', type: text/plain; charset=utf-8 }
  - { POST: /, json: {} }
*/
const express = require('express');

const app = express();
app.use(express.text());
app.post('/', (req, res) => {
  res.json({ body: req.body });
});
app.listen(process.env.PORT);
