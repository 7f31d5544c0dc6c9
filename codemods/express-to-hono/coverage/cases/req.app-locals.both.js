/*
member: req.app
variant: locals
requests: [GET /]
*/
const express = require('express');

const app = express();
app.locals.db = { name: 'memory' };
app.get('/', (req, res) => {
  res.send(req.app.locals.db.name);
});
app.listen(process.env.PORT);
