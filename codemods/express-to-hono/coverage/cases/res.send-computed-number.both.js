/*
member: res.send
variant: a number known when it runs
requests: [GET /ok, GET /teapot, GET /typed, GET /status]
*/
const express = require('express');

const app = express();
const codes = { teapot: 418 };
app.get('/ok', (req, res) => {
  res.send(res.statusCode);
});
app.get('/teapot', (req, res) => {
  res.send(codes.teapot);
});
app.get('/typed', (req, res) => {
  res.type('html').send(codes.teapot);
});
app.get('/status', (req, res) => {
  res.status(201).send(codes.teapot);
});
app.listen(process.env.PORT);
