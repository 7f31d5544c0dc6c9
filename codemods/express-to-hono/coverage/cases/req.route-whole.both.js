/*
member: req.route
variant: as a whole
requests: [GET /user/1]
*/
const express = require('express');

const app = express();
app.get('/user/:id', (req, res) => {
  res.json({ at: req.route });
});
app.listen(process.env.PORT);
