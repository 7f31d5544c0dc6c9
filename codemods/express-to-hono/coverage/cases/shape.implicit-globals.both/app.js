/*
shape: functions assigned to names nobody declared
requests:
  - GET /open
  - GET /closed
  - { GET: /closed, headers: { x-access-token: secret } }
  - { GET: /admin, headers: { x-access-token: secret } }
  - { GET: /admin, headers: { x-access-token: root } }
  - GET /shown
*/
const express = require('express');
const { guards } = require('./guards.js');

const app = express();
app.use((req, res, next) => {
  res.header('Access-Control-Allow-Headers', 'x-access-token, Origin, Content-Type, Accept');
  next();
});
require('./routes.js')(app, guards);
app.listen(process.env.PORT);
