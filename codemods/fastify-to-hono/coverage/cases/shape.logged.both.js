/*
shape: what is logged after an answer
requests:
  - GET /
  - GET /fails
*/
const fastify = require('fastify')();

fastify.setErrorHandler((error, request, reply) => {
  reply.code(503).send({ failed: error.message });
  request.log.error(error);
});
fastify.get('/', (request, reply) => {
  reply.send({ ok: true });
  request.log.info('answered');
});
fastify.get('/fails', async () => {
  throw new Error('it does');
});

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
