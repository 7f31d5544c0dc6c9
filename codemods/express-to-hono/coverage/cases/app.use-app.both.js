/*
member: app.use
variant: another application
requests: [GET /sub/a, GET /sub/none]
*/
const express = require('express');

const app = express();
const sub = express();
sub.get('/a', (req, res) => {
  res.send('sub');
});
app.use('/sub', sub);
app.listen(process.env.PORT);
