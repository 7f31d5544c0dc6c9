/*
package: '@fastify/rate-limit'
packages: ['@fastify/rate-limit']
requests:
  - GET /
*/
const fastify = require('fastify')();

fastify.register(require('@fastify/rate-limit'), { max: 1 });
fastify.get('/', async () => 'ok');

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
