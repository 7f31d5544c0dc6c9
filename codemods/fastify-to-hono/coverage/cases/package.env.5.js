/*
package: '@fastify/env'
packages: ['@fastify/env']
requests:
  - GET /
*/
const fastify = require('fastify')();

fastify.register(require('@fastify/env'), {
  schema: { type: 'object', properties: { GREETING: { type: 'string', default: 'hello' } } },
});
fastify.get('/', async () => ({ greeting: fastify.config.GREETING }));

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
