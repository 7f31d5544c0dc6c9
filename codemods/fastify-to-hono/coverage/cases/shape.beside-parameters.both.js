/*
shape: parameters of functions that Hono and Fastify call
requests:
  - GET /items/1
  - PUT: /items/1
    json: { a: 1 }
  - PUT: /items/1
    headers: { 'content-type': 'application/vnd.api+json' }
    body: '{"a":1}'
  - GET /items/1/
  - GET /items/
  - GET /stays/1
*/
const app = require('fastify')({ ignoreTrailingSlash: true });

app.addContentTypeParser('application/vnd.api+json', { parseAs: 'string' }, (request, body, done) => {
  setTimeout(() => done(null, { parsed: body }), 1);
});
app.get('/items/:id', async (request) => `id ${request.params.id}`);
app.put('/items/:id', async (request, reply) => {
  reply.code(202);
  return reply.send(`id ${request.params.id}`);
});
app.get('/stays/:id', (request, reply) => {
  setTimeout(() => reply.send(`id ${request.params.id}`), 1);
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
