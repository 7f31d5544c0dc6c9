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
const fastify = require('fastify')();

fastify.register(require('@fastify/jwt'), { secret: 'a secret of some length' });
fastify.decorate('authenticate', async (request, reply) => {
  try {
    await request.jwtVerify();
  } catch (error) {
    reply.send(error);
  }
});
fastify.after(() => {
  fastify.get('/me', { onRequest: [fastify.authenticate] }, async (request) => ({ name: request.user.name }));
});
fastify.get('/round', async (request, reply) => {
  const token = await reply.jwtSign({ name: 'ann' }, { noTimestamp: true });
  return { back: fastify.jwt.verify(token), decoded: fastify.jwt.decode(token), token };
});
fastify.get('/expired', async () => {
  const token = fastify.jwt.sign({ name: 'ann', iat: 1, exp: 2 });
  return fastify.jwt.verify(token);
});

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
