/*
shape: what is logged after an answer
requests:
  - GET /
  - GET /fails
*/
const app = require('fastify')();

app.setErrorHandler((error, request, reply) => {
  reply.code(503).send({ failed: error.message });
  request.log.error(error);
});
app.get('/', (request, reply) => {
  reply.send({ ok: true });
  request.log.info('answered');
});
app.get('/fails', async () => {
  throw new Error('it does');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
