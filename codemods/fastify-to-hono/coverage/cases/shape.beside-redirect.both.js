/*
shape: statuses that what stays sets before a redirect
requests:
  - GET /ok
  - GET /moved
  - GET /none
  - GET /text
  - HEAD /ok
*/
const app = require('fastify')();

const later = (status) => (request, reply, done) =>
  setTimeout(() => {
    reply.code(status);
    done();
  }, 1);

app.get('/ok', { preHandler: later(200) }, async (request, reply) => reply.redirect('/there'));
app.get('/moved', { preHandler: later(308) }, async (request, reply) => reply.redirect('/there'));
app.get('/none', async (request, reply) => reply.redirect('/there'));
app.get('/text', { preHandler: later(204) }, async () => 'text');
app.get('/there', async () => ({ here: true }));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
