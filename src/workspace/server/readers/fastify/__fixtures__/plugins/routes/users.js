const SELF = '/me';

module.exports = async function users(fastify) {
  fastify.addHook('preHandler', fastify.authenticate);
  fastify.get(SELF, { schema: { response: {} } }, me);
  fastify.get('/:id', { preHandler: [check], handler: byId });
  fastify.put('/:id', { preHandler: check }, replace);
  fastify.patch('/:id/' + 'name', replace);
};

async function me(request) {
  return request.user;
}
async function byId(request, reply) {
  return reply.send({ id: request.params.id });
}
async function replace(request) {
  return request.body;
}
async function check(request) {
  if (request.params.id === '0') throw new Error('no');
}
