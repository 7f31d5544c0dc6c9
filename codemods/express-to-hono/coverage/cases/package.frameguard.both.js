/*
package: frameguard
packages: [frameguard, hsts]
requests: [GET /, GET /missing, GET /one]
*/
const express = require('express');
const frameguard = require('frameguard');
const hsts = require('hsts');

const app = express();
app.use(frameguard({ action: 'deny' }));
app.use(hsts({ maxAge: 15552000 }));
app.get('/', (req, res) => {
  res.json('a');
});
app.get('/one', frameguard({ action: 'sameorigin' }), (req, res) => {
  res.send('b');
});
app.listen(process.env.PORT);
