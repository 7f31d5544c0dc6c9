/*
package: cors
variant: options of other files
packages: [cors, express-rate-limit, swagger-ui-express]
mask: ['(?<=^etag: ).*', '(?<=^ratelimit-reset: ).*', '(?<=^x-ratelimit-reset: ).*']
requests:
  - { GET: /, headers: { Origin: https://a.example } }
  - { GET: /, headers: { Origin: https://b.example } }
  - { OPTIONS: /, headers: { Origin: https://a.example, Access-Control-Request-Method: PUT } }
  - { GET: /limited, headers: { Origin: https://a.example } }
  - GET /limited
  - GET /limited
  - GET /own
  - GET /own
  - GET /docs/
  - GET /docs/swagger-ui-init.js
*/
const express = require('express');
const cors = require('cors');
const { rateLimit } = require('express-rate-limit');
const swaggerUi = require('swagger-ui-express');
const options = require('./options');

const app = express();
app.use(cors(options.cors));
app.get('/', (req, res) => res.json({ a: 1 }));
app.get('/limited', rateLimit(options.limit), (req, res) => res.send('in'));
app.get('/own', rateLimit(options.own), (req, res) => res.send('in'));
app.use('/docs', swaggerUi.serve, swaggerUi.setup({ openapi: '3.0.0', paths: {} }, options.pages));
app.listen(process.env.PORT);
