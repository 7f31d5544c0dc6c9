/*
member: reply.redirect
requests:
  - GET /old
  - GET /moved
*/
const app = require('fastify')();

app.get('/old', (request, reply) => {
  reply.redirect('/new');
});
app.get('/moved', async (request, reply) => reply.code(301).redirect('/new?a=b'));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
