const fp = require('fastify-plugin');

async function auth(fastify, options) {
  fastify.decorate('authenticate', async function authenticate(request, reply) {
    if (!request.headers.authorization) reply.code(401).send({ error: 'sign in' });
  });
  fastify.get('/login', async () => ({ token: 'x' }));
}

module.exports = fp(auth, { name: 'auth' });
