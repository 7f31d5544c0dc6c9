/*
package: compression
packages: [compression]
requests: [GET /, { GET: /, headers: { Accept-Encoding: gzip } }, { GET: /small, headers: { Accept-Encoding: gzip } }]
*/
const express = require('express');

const app = express();
const compression = require('compression');
app.use(compression());
app.get('/', (req, res) => {
  res.send('a long text '.repeat(200));
});
app.get('/small', (req, res) => {
  res.send('small');
});
app.listen(process.env.PORT);
