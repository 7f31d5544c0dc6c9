/*
member: res.send
variant: null, where no header is set
requests: [GET /, HEAD /, PUT /, GET /row, { GET: /, headers: { If-None-Match: '*' } }]
*/
const express = require('express');

const app = express();
app.disable('x-powered-by');
const rows = { none: null };
app.all('/', (req, res) => {
  res.send(null);
});
app.get('/row', (req, res) => res.send(rows.none));
app.listen(process.env.PORT);
