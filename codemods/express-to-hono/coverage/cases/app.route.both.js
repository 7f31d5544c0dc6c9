/*
member: app.route
requests: [GET /a, POST /a, PUT /a, OPTIONS /a]
*/
const express = require('express');

const app = express();
app.route('/a').get((req, res) => {
  res.send('get');
}).post((req, res) => {
  res.send('post');
});
app.listen(process.env.PORT);
