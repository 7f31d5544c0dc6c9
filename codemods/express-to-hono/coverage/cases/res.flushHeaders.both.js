/*
member: res.flushHeaders
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.setHeader('Content-Type', 'text/event-stream');
  res.flushHeaders();
  res.write('data: 1\n\n');
  res.end();
});
app.listen(process.env.PORT);
