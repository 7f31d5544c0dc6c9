/*
member: app.get
requests: [GET /a, HEAD /a, GET /A/, POST /a, OPTIONS /a, 'GET /a%ZZ', GET //a, 'GET /a?x=1']
*/
const express = require('express');

const app = express();
app.get('/a', (req, res) => {
  res.send('a');
});
app.listen(process.env.PORT);
