/*
package: '@fastify/helmet'
packages: ['@fastify/helmet']
requests:
  - GET /
  - GET /nowhere
*/
const fastify = require('fastify')();

fastify.register(require('@fastify/helmet'), { contentSecurityPolicy: false });
fastify.get('/', async () => 'ok');

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
