/*
shape: setNotFoundHandler
requests:
  - GET /nope
  - POST: /nope
    json: {}
  - GET /api/nope
  - GET /apinope
  - PUT /here
*/
const app = require('fastify')();

app.get('/here', async () => 'here');
app.setNotFoundHandler((request, reply) => {
  reply.code(404).send({ nothing: request.url });
});
app.register(
  async (api) => {
    api.setNotFoundHandler(async (request, reply) => {
      reply.code(404);
      return { api: 'nothing' };
    });
    api.get('/x', async () => 'x');
  },
  { prefix: '/api' },
);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
