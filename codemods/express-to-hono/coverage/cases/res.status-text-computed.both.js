/*
member: res.status
variant: a computed text as status
requests: [GET /?a=404, GET /, GET /sent, GET /sent?a=404]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.status(req.query.a ? '404' : 200).json([req.query.a]);
});
app.get('/sent', (req, res) => {
  res.sendStatus(req.query.a ? '40' + 4 : 200);
});
app.listen(process.env.PORT);
