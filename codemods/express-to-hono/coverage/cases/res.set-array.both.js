/*
member: res.set
variant: an array of values
requests: [GET /array]
*/
const express = require('express');

const app = express();
app.get('/array', (req, res) => {
  res.set('Set-Cookie', ['a=1', 'b=2']).send('x');
});
app.listen(process.env.PORT);
