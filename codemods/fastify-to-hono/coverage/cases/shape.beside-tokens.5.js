/*
shape: tokens of a plugin that stays
packages: ['@fastify/jwt', '@fastify/cookie', '@fastify/sensible']
requests:
  - GET /me
  - GET: /me
    headers: { authorization: 'Bearer nonsense' }
  - GET: /me
    headers: { authorization: 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiYW5uIn0.pICY7PUNmMZPgwWcJHbLHH7f6hUG67oygUIFiWZyJCQ' }
  - GET: /me
    headers: { cookie: 'token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiYW5uIn0.pICY7PUNmMZPgwWcJHbLHH7f6hUG67oygUIFiWZyJCQ' }
  - GET /signed
  - GET /mine
  - GET /sent
  - POST: /changed
    json: { a: 1 }
  - GET /missing/1
  - GET /later
*/
const fastify = require('fastify');

const app = fastify();
app.register(require('@fastify/cookie'));
app.register(require('@fastify/sensible'));
app.register(require('@fastify/jwt'), {
  secret: 'a secret of some length',
  namespace: 'access',

  cookie: { cookieName: 'token' },
});

app.register(async (part) => {
  part.addHook('onRequest', async (request, reply) => {
    try {
      await request.accessJwtVerify();
    } catch (error) {
      reply.code(401);
      void reply.send({ error: error.message });
      return reply;
    }
  });
  part.get('/me', async (request) => ({ user: request.user }));
});
app.register(async (part) => {
  part.get('/signed', async (request, reply) => {
    const token = await reply.accessJwtSign({ name: 'ann', iat: 1 });
    return { parts: token.split('.').length };
  });
  part.get('/mine', async (request) => {
    request.user = { name: 'me' };
    return request.user;
  });
  part.get('/sent', async (request, reply) => {
    void reply.headers({ 'x-a': '1' });
    void reply.send({ sent: true });
  });
  part.addHook('preHandler', async (request) => {
    if (request.method === 'POST') request.body = { ...request.body, more: true };
  });
  part.post('/changed', async (request) => ({ body: request.body }));
  part.get('/missing/:id', async (request, reply) => reply.notFound(`no ${request.params.id}`));
  part.get('/later', (request, reply) => {
    setTimeout(() => reply.send({ later: true }), 1);
  });
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
