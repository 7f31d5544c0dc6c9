/*
member: res.statusCode
variant: read in the body that follows it
requests: [GET /, GET /set]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => res.status(503).json({ status: res.statusCode }));
app.get('/set', (req, res) => {
  res.status(201);
  res.send('status ' + res.statusCode);
});
app.listen(process.env.PORT);
