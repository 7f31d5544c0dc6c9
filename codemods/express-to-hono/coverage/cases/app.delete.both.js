/*
member: app.delete
requests: [DELETE /a/1, GET /a/1, OPTIONS /a/1]
*/
const express = require('express');

const app = express();
app.delete('/a/:id', (req, res) => {
  res.status(204).end();
});
app.listen(process.env.PORT);
