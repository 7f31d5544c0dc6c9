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
const fastify = require('fastify')();

fastify.get('/here', async () => 'here');
fastify.setNotFoundHandler((request, reply) => {
  reply.code(404).send({ nothing: request.url });
});
fastify.register(
  async (api) => {
    api.setNotFoundHandler(async (request, reply) => {
      reply.code(404);
      return { api: 'nothing' };
    });
    api.get('/x', async () => 'x');
  },
  { prefix: '/api' },
);

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
