/*
member: app.router
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(typeof app.router.stack);
});
app.listen(process.env.PORT);
