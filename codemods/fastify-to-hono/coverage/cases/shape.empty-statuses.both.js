/*
shape: statuses without a body that are set before the answer
requests:
  - PUT /hook
  - GET /hook
  - GET /text
  - GET /json
  - GET /computed?status=204
  - GET /computed?status=201
  - GET /computed?status=304
  - GET /chosen?none=1
  - GET /chosen
  - GET /named
  - GET /not-modified
  - DELETE /text
  - GET /schema
*/
const app = require('fastify')();

const NO_CONTENT = 204;
const at = (request) => Number(request.query.status);

app.put('/hook', { preHandler: async (request, reply) => {
  reply.code(204);
  return reply.send('stopped');
} }, async () => 'handler');
app.get('/hook', { onRequest: async (request, reply) => {
  reply.status(204);
} }, async () => ({ a: 1 }));
app.get('/text', async (request, reply) => {
  reply.code(204);
  return 'text';
});
app.delete('/text', (request, reply) => {
  reply.statusCode = 204;
  reply.send({ deleted: true });
});
app.get('/json', async (request, reply) => reply.code(204).send({ a: request.query.a ?? 1 }));
app.get('/computed', async (request, reply) => reply.code(at(request)).send({ a: 1 }));
app.get('/chosen', async (request, reply) => reply.code(request.query.none ? 204 : 200).send({ a: 1 }));
app.get('/named', async (request, reply) => reply.code(NO_CONTENT).send('named'));
app.get('/not-modified', async (request, reply) => {
  reply.code(304);
  return 'text';
});
app.get('/schema', { schema: { response: { '2xx': { type: 'object', properties: { a: { type: 'integer' } } } } } }, (request, reply) => {
  reply.code(204).send({ a: 1 });
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
