/*
member: res.links
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.links({ next: 'http://x/2', last: 'http://x/5' });
  res.send('x');
});
app.listen(process.env.PORT);
