/*
shape: ignoreTrailingSlash
requests:
  - GET /a
  - GET /a/
  - GET /b/
  - GET /b
  - GET /
*/
const fastify = require('fastify')({ ignoreTrailingSlash: true });

fastify.get('/a', async () => 'a');
fastify.get('/b/', async () => 'b');

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
