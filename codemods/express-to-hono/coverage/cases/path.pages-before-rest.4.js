/*
shape: pages of a package at a path, files at another, and a last route for all that reads the path
packages: [swagger-ui-express]
requests: [GET /docs/, GET /docs, GET /DOCS/, GET /none, GET /public/none, GET /PUBLIC/app.js]
*/
const express = require('express');
const swagger = require('swagger-ui-express');

const app = express();
const document = { openapi: '3.0.0', info: { title: 'a', version: '1' }, paths: {} };
app.use('/docs', swagger.serve, swagger.setup(document));
app.use('/public', express.static('public'));
app.get('*', (req, res) => {
  res.status(404).send(`nothing at ${req.originalUrl}`);
});
app.listen(process.env.PORT);
