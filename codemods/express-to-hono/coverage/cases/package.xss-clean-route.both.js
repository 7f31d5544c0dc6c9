/*
package: xss-clean
packages: [xss-clean]
variant: in a route, where it changes the parameters
requests: [GET /a%3Cb%3E?a=%3Cb%3E]
*/
const express = require('express');
const clean = require('xss-clean');

const app = express();
app.get('/:id', clean(), (req, res) => {
  res.json([req.params.id, req.query]);
});
app.listen(process.env.PORT);
