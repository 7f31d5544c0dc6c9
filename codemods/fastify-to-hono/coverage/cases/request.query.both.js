/*
member: request.query
requests:
  - GET /?a=1&b=2
  - GET /?a=1&a=2
  - GET /?a
  - GET /?a=%20x+y
  - GET /
  - GET /one?page=3
*/
const app = require('fastify')();

app.get('/', async (request) => request.query);
app.get('/one', (request, reply) => {
  const { page = '1' } = request.query;
  reply.send({ page });
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
