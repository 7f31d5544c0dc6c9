/*
shape: long parameters and callNotFound
requests:
  - GET /short/a
  - GET /short/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  - GET /short/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  - GET /short/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa?q=1
  - GET /any/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  - GET /numbers/11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111
  - GET /hidden
  - GET /part/hidden
*/
const app = require('fastify')();

app.get('/short/:id', async (request) => request.params.id.length);
app.get('/any/*', async (request) => request.params['*'].length);
app.get('/numbers/:n(^\\d+$)', async (request) => request.params.n.length);
app.get('/hidden', (request, reply) => {
  reply.callNotFound();
});
app.setNotFoundHandler((request, reply) => {
  reply.code(404).send({ nowhere: request.url });
});
app.register(
  async (part) => {
    part.setNotFoundHandler(
      {
        preHandler: async (request, reply) => {
          reply.header('x-part', 'yes');
        },
      },
      async (request, reply) => {
        reply.code(404);
        return { nowhere: 'part' };
      },
    );
    part.get('/hidden', async (request, reply) => reply.callNotFound());
  },
  { prefix: '/part' },
);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
