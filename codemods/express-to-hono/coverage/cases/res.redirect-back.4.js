/*
member: res.redirect
variant: back
requests: [GET /, { GET: /, headers: { Referer: /from } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.redirect('back');
});
app.listen(process.env.PORT);
