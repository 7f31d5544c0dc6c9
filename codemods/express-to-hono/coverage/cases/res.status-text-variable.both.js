/*
member: res.status
variant: a text in a variable as status
requests: [GET /404, GET /201, GET /code/418, GET /set/418]
*/
const express = require('express');

const app = express();
app.get('/:status', (req, res) => {
  const { status } = req.params;
  res.status(status).json({ status });
});
app.get('/code/:status', (req, res) => {
  res.statusCode = req.params.status;
  res.json({ typeof: typeof res.statusCode });
});
app.get('/set/:status', (req, res) => {
  res.status(req.params.status);
  res.send('teapot');
});
app.listen(process.env.PORT);
