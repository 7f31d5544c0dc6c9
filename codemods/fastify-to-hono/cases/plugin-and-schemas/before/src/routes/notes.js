const note = { type: 'object', properties: { id: { type: 'integer' }, title: { type: 'string' } } };

export default async function notes(fastify, options) {
  fastify.get('/', { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', default: 10, maximum: 50 } } }, response: { 200: { type: 'array', items: note } } } }, async (request, reply) => {
    const { limit } = request.query;
    return [...fastify.store.values()].slice(0, limit);
  });

  fastify.get('/:id', { schema: { response: { 200: note } } }, async function (request, reply) {
    const found = this.store.get(request.params.id);
    if (!found) {
      reply.code(404);
      return { error: 'no such note' };
    }
    return found;
  });

  fastify.route({
    method: 'POST',
    url: '/',
    schema: { body: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } } },
    preHandler: (request, reply, done) => {
      if (request.user === 'anonymous') return reply.code(403).send({ error: 'who?' });
      done();
    },
    handler: async (request, reply) => {
      const id = String(fastify.store.size + 1);
      fastify.store.set(id, { id: Number(id), ...request.body });
      return reply.code(201).header('location', `/notes/${id}`).send({ id });
    },
  });
}
