/*
shape: what stays
requests:
  - GET /callback
*/
const fastify = require('fastify')();

fastify.get('/callback', (request, reply) => {
  setTimeout(() => reply.send({ later: true }), 1);
});
fastify.get('/raw', (request, reply) => {
  reply.raw.end('raw');
});
fastify.get('/kept', (request, reply) => {
  const kept = reply;
  kept.send('x');
});

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
