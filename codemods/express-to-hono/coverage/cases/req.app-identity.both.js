/*
member: req.app
variant: compared with app
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('title', 'T');
app.get('/', (req, res) => {
  res.json({ same: req.app === app });
});
app.listen(process.env.PORT);
