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
const app = require('fastify')();

app.get('/created', async (request, reply) => {
  return reply.code(201).send({ id: 1 });
});
app.get('/empty', async (request, reply) => {
  reply.code(204).send();
});
app.get('/later', async (request, reply) => {
  if (!request.query.ok) {
    reply.code(404);
    return { error: 'nothing here' };
  }
  return { ok: request.query.ok };
});
app.get('/status', (request, reply) => reply.status(202).send('accepted'));
app.get('/assigned', async (request, reply) => {
  reply.statusCode = 203;
  return 'x';
});
app.get('/kept', async (request, reply) => {
  reply.code(503);
  throw new Error('down');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
