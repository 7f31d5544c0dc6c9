/*
package: swagger-ui-express
variant: its page with options
packages: [swagger-ui-express]
mask: ['(?<=^etag: ).*']
requests:
  - GET /docs/
  - GET /docs
  - GET /docs?x=1
  - GET /docs/swagger-ui-init.js
  - GET /docs/package.json
  - GET /docs/swagger-ui.css
  - HEAD /docs/swagger-ui.css
  - { GET: /docs/swagger-ui.css, headers: { Range: bytes=0-9 } }
  - GET /docs/favicon-32x32.png
  - GET /docs/none
  - POST /docs/
  - POST /docs/swagger-ui.css
  - GET /v2/docs
  - GET /v2/docs/
  - GET /v2/docs/swagger-ui-init.js
  - GET /v2/docs/none
  - GET /
*/
const express = require('express');
const swaggerUi = require('swagger-ui-express');

const app = express();
const description = { openapi: '3.0.0', info: { title: 'T', version: '1' }, paths: {} };
const router = express.Router();
router.use('/docs', swaggerUi.serve);
router.get('/docs', swaggerUi.setup(description));
app.use(
  '/docs',
  swaggerUi.serve,
  swaggerUi.setup(description, {
    explorer: true,
    customSiteTitle: 'Things',
    customCss: '.swagger-ui .topbar { background: #000 }',
    customfavIcon: '/icon.png',
    swaggerOptions: { docExpansion: 'none', filter: true, validatorUrl: null, defaultModelsExpandDepth: -1 },
  }),
);
app.use('/v2', router);
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
