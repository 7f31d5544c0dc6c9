/*
package: hpp
packages: [hpp]
requests: ['GET /?a=1&a=2']
*/
const express = require('express');

const app = express();
const hpp = require('hpp');
app.use(hpp());
app.get('/', (req, res) => {
  res.json(req.query);
});
app.listen(process.env.PORT);
