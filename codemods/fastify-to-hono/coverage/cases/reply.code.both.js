/*
member: reply.code
requests:
  - GET /created
  - GET /empty
  - GET /later
  - GET /later?ok=1
  - GET /status
  - GET /assigned
  - GET /kept
*/
const fastify = require('fastify')();

fastify.get('/created', async (request, reply) => {
  return reply.code(201).send({ id: 1 });
});
fastify.get('/empty', async (request, reply) => {
  reply.code(204).send();
});
fastify.get('/later', async (request, reply) => {
  if (!request.query.ok) {
    reply.code(404);
    return { error: 'nothing here' };
  }
  return { ok: request.query.ok };
});
fastify.get('/status', (request, reply) => reply.status(202).send('accepted'));
fastify.get('/assigned', async (request, reply) => {
  reply.statusCode = 203;
  return 'x';
});
fastify.get('/kept', async (request, reply) => {
  reply.code(503);
  throw new Error('down');
});

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
