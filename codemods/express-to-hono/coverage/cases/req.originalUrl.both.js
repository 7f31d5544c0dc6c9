/*
member: req.originalUrl
requests: ['GET /a/b?c=%20d', 'GET /a//b/?x', 'GET /a/%C3%A9']
*/
const express = require('express');

const app = express();
app.use('/a', (req, res) => {
  res.json({ url: req.url, originalUrl: req.originalUrl, path: req.path });
});
app.listen(process.env.PORT);
