/*
member: express.urlencoded
variant: extended false
requests:
  - { POST: /, body: 'a=1&a=2&b[c]=3', type: application/x-www-form-urlencoded }
*/
const express = require('express');

const app = express();
app.use(express.urlencoded({ extended: false }));
app.post('/', (req, res) => {
  res.json(req.body);
});
app.listen(process.env.PORT);
