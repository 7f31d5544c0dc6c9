/*
member: res.status
variant: a text as status
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.status('201').json('made');
});
app.listen(process.env.PORT);
