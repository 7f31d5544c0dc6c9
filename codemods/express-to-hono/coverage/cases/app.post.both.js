/*
member: app.post
requests: [POST /a, GET /a, 'OPTIONS /a']
*/
const express = require('express');

const app = express();
app.post('/a', (req, res) => {
  res.status(201).send('made');
});
app.listen(process.env.PORT);
