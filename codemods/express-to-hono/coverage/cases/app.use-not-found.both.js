/*
member: app.use
variant: a last 404 middleware
requests: [GET /, GET /none, POST /none]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send('home');
});
app.use((req, res) => {
  res.status(404).json({ none: req.originalUrl });
});
app.listen(process.env.PORT);
