/*
member: app.use
variant: another application with settings of its own
requests: [GET /sub/a, GET /]
*/
const express = require('express');

const app = express();
const sub = express();
app.disable('x-powered-by');
sub.get('/a', (req, res) => {
  res.send('sub');
});
app.use('/sub', sub);
app.get('/', (req, res) => {
  res.send('app');
});
app.listen(process.env.PORT);
