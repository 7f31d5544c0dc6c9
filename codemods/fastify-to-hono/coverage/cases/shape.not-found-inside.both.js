/*
shape: parameters where no route is found, and callNotFound inside
requests:
  - GET /nope
  - GET /
  - GET /no%20pe/x%2Fy
  - GET /notes/1
  - GET /notes/long-one-1
  - GET /p/ann/nope
  - GET /p/ann/deep/nope
  - GET /p/ann
  - GET /p/ann/asks
  - GET /p/bob/here
  - GET /asks
  - GET /plain/nope
  - POST: /nope
    json: { a: 1 }
  - HEAD /notes/1
*/
const app = require('fastify')({ maxParamLength: 8, exposeHeadRoutes: false });

app.setErrorHandler((error, request, reply) => {
  reply.code(500).send({ at: 'root', failed: error.message });
});
app.setNotFoundHandler(async (request, reply) => {
  reply.header('x-params', JSON.stringify(request.params));
  if (request.query.again === undefined && request.params.id === undefined && request.url === '/asks') return reply.callNotFound();
  reply.code(404);
  return { id: request.params.id ?? null, params: request.params };
});
app.get('/notes/:id', async (request) => ({ id: request.params.id }));
app.get('/asks', async (request, reply) => reply.callNotFound());
app.register(
  async (part) => {
    part.setErrorHandler((error, request, reply) => {
      reply.code(500).send({ at: 'part', failed: error.message });
    });
    part.setNotFoundHandler((request, reply) => {
      if (request.url.endsWith('/deep/nope')) throw new Error('deep');
      if (request.url.endsWith('/asks')) throw new Error('asked');
      reply.code(404).send({ part: request.params });
    });
    part.get('/here', async (request) => ({ here: request.params }));
    part.get('/asks', (request, reply) => {
      reply.callNotFound();
    });
  },
  { prefix: '/p/:owner' },
);
app.register(
  async (plain) => {
    plain.setNotFoundHandler();
  },
  { prefix: '/plain' },
);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
