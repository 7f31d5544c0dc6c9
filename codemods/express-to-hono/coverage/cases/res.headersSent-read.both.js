/*
member: res.headersSent
variant: read in a handler
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json({ sent: res.headersSent });
});
app.listen(process.env.PORT);
