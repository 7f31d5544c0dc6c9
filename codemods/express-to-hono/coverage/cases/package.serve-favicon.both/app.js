/*
package: serve-favicon
packages: [serve-favicon]
requests: [GET /favicon.ico, GET /, POST /favicon.ico]
*/
const express = require('express');

const app = express();
const favicon = require('serve-favicon');
app.use(favicon(__dirname + '/favicon.ico'));
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
