/*
member: app.METHOD
variant: head
requests: [HEAD /a, GET /a, HEAD /b]
*/
const express = require('express');

const app = express();
app.head('/a', (req, res) => {
  res.set('X-Head', 'own').end();
});
app.get('/a', (req, res) => {
  res.send('get');
});
app.listen(process.env.PORT);
