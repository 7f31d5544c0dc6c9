/*
member: app.get (setting)
variant: env at startup
requests: [GET /]
*/
const express = require('express');

const app = express();
const verbose = app.get('env') === 'development';
app.get('/', (req, res) => {
  res.json({ verbose });
});
app.listen(process.env.PORT);
