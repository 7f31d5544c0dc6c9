/*
package: '@fastify/cookie'
packages: ['@fastify/cookie']
requests:
  - GET: /
    headers: { Cookie: 'a=1; b=x%20y; a=2' }
  - GET /
  - GET /set
  - GET /clear
*/
const app = require('fastify')();

app.register(require('@fastify/cookie'));
app.get('/', async (request) => ({ a: request.cookies.a ?? null, b: request.cookies.b ?? null }));
app.get('/set', (request, reply) => {
  reply.setCookie('a', 'x y', { path: '/', httpOnly: true, maxAge: 60 }).setCookie('b', '2').send({ set: true });
});
app.get('/clear', async (request, reply) => {
  reply.clearCookie('a', { path: '/' });
  return { cleared: true };
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
