/*
shape: handlers as identifiers
requests: [GET /a, GET /b]
*/
const express = require('express');

const app = express();
function a(req, res) {
  res.send('a');
}
const b = async (req, res) => {
  res.send(await Promise.resolve('b'));
};
app.get('/a', a);
app.get('/b', b);
app.listen(process.env.PORT);
