/*
member: app.set
variant: of paths, where an application is mounted in another one
requests: [GET /own/, GET /inner/a, GET /inner/a/]
*/
const express = require('express');

const inner = express();
inner.set('strict routing', true);
inner.get('/a', (req, res) => {
  res.send('inner');
});
const app = express();
app.set('strict routing', true);
app.get('/own', (req, res) => {
  res.send('own');
});
app.use('/inner', inner);
app.listen(process.env.PORT);
