/*
member: res.write
variant: a last middleware that writes without a type, and nothing else is there
requests: [GET /, GET /any, HEAD /any]
*/
const express = require('express');

const app = express();
app.use((req, res) => {
  res.write('first ');
  res.end();
});
app.listen(process.env.PORT);
