/*
package: '@fastify/cors'
variant: no options
packages: ['@fastify/cors']
requests:
  - GET: /
    headers: { Origin: https://a.example }
  - OPTIONS: /
    headers: { Origin: https://a.example, Access-Control-Request-Method: PUT }
*/
const fastify = require('fastify')();

fastify.register(require('@fastify/cors'));
fastify.get('/', async () => ({ ok: true }));

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
