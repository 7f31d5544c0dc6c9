/*
member: reply.redirect
requests:
  - GET /old
  - GET /moved
*/
const fastify = require('fastify')();

fastify.get('/old', (request, reply) => {
  reply.redirect('/new');
});
fastify.get('/moved', async (request, reply) => reply.code(301).redirect('/new?a=b'));

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
