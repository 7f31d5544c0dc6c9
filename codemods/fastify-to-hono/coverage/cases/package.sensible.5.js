/*
package: '@fastify/sensible'
packages: ['@fastify/sensible']
requests:
  - GET /missing
  - GET /bad
  - GET /thrown
  - GET /caught
  - GET /named
*/
const fastify = require('fastify')();

fastify.register(require('@fastify/sensible'));
fastify.get('/missing', (request, reply) => reply.notFound());
fastify.get('/bad', async (request, reply) => {
  return reply.badRequest('that was bad');
});
fastify.get('/thrown', async () => {
  throw fastify.httpErrors.conflict('twice');
});
fastify.get('/caught', async (request, reply) => {
  try {
    return reply.forbidden('no');
  } catch (error) {
    return reply.send('caught');
  }
});
fastify.get('/named', async () => {
  throw fastify.httpErrors.getHttpError('404', 'gone');
});

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
