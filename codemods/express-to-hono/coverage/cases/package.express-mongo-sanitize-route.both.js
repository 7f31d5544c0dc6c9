/*
package: express-mongo-sanitize
packages: [express-mongo-sanitize]
variant: in a route
requests: [GET /1?$a=1&b=2, GET /other?$a=1]
*/
const express = require('express');
const sanitize = require('express-mongo-sanitize');

const app = express();
app.get('/other', (req, res) => {
  res.json(req.query);
});
app.get('/:id', sanitize(), (req, res) => {
  res.json([req.params, req.query]);
});
app.listen(process.env.PORT);
