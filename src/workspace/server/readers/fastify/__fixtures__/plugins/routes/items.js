function items(fastify, options, done) {
  fastify.get('/', (request, reply) => reply.send([]));
  fastify.get('/*', (request, reply) => reply.send(request.params));
  done();
}

module.exports = items;
