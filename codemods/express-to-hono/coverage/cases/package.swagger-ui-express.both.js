/*
package: swagger-ui-express
packages: [swagger-ui-express]
requests: [GET /docs/, GET /docs, GET /docs/swagger-ui-init.js]
*/
const express = require('express');

const app = express();
const swaggerUi = require('swagger-ui-express');
app.use('/docs', swaggerUi.serve, swaggerUi.setup({ openapi: '3.0.0', info: { title: 'T', version: '1' }, paths: {} }));
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
