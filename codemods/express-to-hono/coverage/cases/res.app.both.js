/*
member: res.app
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json({ same: res.app === app });
});
app.listen(process.env.PORT);
