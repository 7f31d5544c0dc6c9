/*
shape: inject
requests:
  - GET /self
*/
const app = require('fastify')();

app.post('/echo', async (request, reply) => {
  reply.code(201).header('x-a', 'b');
  return { got: request.body, q: request.query };
});
app.get('/self', async () => {
  const answer = await app.inject({ method: 'POST', url: '/echo', query: { a: '1' }, payload: { b: 2 } });
  return { status: answer.statusCode, a: answer.headers['x-a'], body: answer.json(), text: answer.payload };
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
