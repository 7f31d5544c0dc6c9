/*
package: '@fastify/jwt'
packages: ['@fastify/jwt']
requests:
  - GET /me
  - GET: /me
    headers: { Authorization: Basic abc }
  - GET: /me
    headers: { Authorization: Bearer }
  - GET: /me
    headers: { Authorization: Bearer a.b.c }
  - GET: /me
    headers: { Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiYW5uIn0.wrongsignaturewrongsignaturewrongsignature1 }
  - GET /round
  - GET /expired
*/
const app = require('fastify')();

app.register(require('@fastify/jwt'), { secret: 'a secret of some length' });
app.decorate('authenticate', async (request, reply) => {
  try {
    await request.jwtVerify();
  } catch (error) {
    reply.send(error);
  }
});
app.after(() => {
  app.get('/me', { onRequest: [app.authenticate] }, async (request) => ({ name: request.user.name }));
});
app.get('/round', async (request, reply) => {
  const token = await reply.jwtSign({ name: 'ann' }, { noTimestamp: true });
  return { back: app.jwt.verify(token), decoded: app.jwt.decode(token), token };
});
app.get('/expired', async () => {
  const token = app.jwt.sign({ name: 'ann', iat: 1, exp: 2 });
  return app.jwt.verify(token);
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
