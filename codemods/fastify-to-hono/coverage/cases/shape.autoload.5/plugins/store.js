const fp = require('fastify-plugin');

module.exports = fp(async (fastify) => {
  fastify.decorate('title', 'kept');
  fastify.addHook('onSend', async (request, reply) => {
    reply.header('x-title', fastify.title);
  });
});
