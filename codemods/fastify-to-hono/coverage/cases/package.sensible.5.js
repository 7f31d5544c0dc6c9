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
const app = require('fastify')();

app.register(require('@fastify/sensible'));
app.get('/missing', (request, reply) => reply.notFound());
app.get('/bad', async (request, reply) => {
  return reply.badRequest('that was bad');
});
app.get('/thrown', async () => {
  throw app.httpErrors.conflict('twice');
});
app.get('/caught', async (request, reply) => {
  try {
    return reply.forbidden('no');
  } catch (error) {
    return reply.send('caught');
  }
});
app.get('/named', async () => {
  throw app.httpErrors.getHttpError('404', 'gone');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
