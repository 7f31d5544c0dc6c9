/*
package: swagger-ui-express
packages: [swagger-ui-express]
mask: ['(?<=^etag: ).*']
requests:
  - GET /docs/
  - GET /docs
  - GET /docs/swagger-ui-init.js
  - GET /docs/package.json
  - GET /docs/swagger-ui.css
  - HEAD /docs/swagger-ui.css
  - GET /docs/none
  - GET /v2/docs
  - GET /v2/docs/swagger-ui-init.js
  - GET /v3/docs/swagger-ui-init.js
  - { GET: /v3/docs/, headers: { X-Title: Other } }
  - GET /
*/
const express = require('express');
const swaggerUi = require('swagger-ui-express');

const app = express();
const description = { openapi: '3.0.0', info: { title: 'T', version: '1' }, paths: {} };
const router = express.Router();
router.use('/docs', swaggerUi.serve);
router.get('/docs', swaggerUi.setup(description, { explorer: true }));
const titled = (req, res, next) => {
  req.swaggerDoc = { ...description, info: { title: req.get('X-Title') ?? 'none', version: '1' } };
  next();
};
app.use('/docs', swaggerUi.serve, swaggerUi.setup(description));
app.use('/v2', router);
app.use('/v3/docs', titled, swaggerUi.serveFiles(description, {}), swaggerUi.setup());
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
