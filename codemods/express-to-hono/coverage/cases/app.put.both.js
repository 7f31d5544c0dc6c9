/*
member: app.put
requests: [PUT /a/1, PUT /a]
*/
const express = require('express');

const app = express();
app.put('/a/:id', (req, res) => {
  res.send(req.params.id);
});
app.listen(process.env.PORT);
