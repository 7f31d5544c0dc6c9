/*
shape: inject
requests:
  - GET /self
*/
const fastify = require('fastify')();

fastify.post('/echo', async (request, reply) => {
  reply.code(201).header('x-a', 'b');
  return { got: request.body, q: request.query };
});
fastify.get('/self', async () => {
  const answer = await fastify.inject({ method: 'POST', url: '/echo', query: { a: '1' }, payload: { b: 2 } });
  return { status: answer.statusCode, a: answer.headers['x-a'], body: answer.json(), text: answer.payload };
});

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
