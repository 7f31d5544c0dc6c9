/*
adversarial: arguments
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', function () {
  arguments[1].send('by arguments');
});
app.listen(process.env.PORT);
