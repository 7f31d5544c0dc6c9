/*
member: app.use
variant: a middleware that answers
requests: [GET /, GET /health, POST /health/deep]
*/
const express = require('express');

const app = express();
app.use('/health', (req, res) => {
  res.json({ url: req.url, path: req.path });
});
app.listen(process.env.PORT);
