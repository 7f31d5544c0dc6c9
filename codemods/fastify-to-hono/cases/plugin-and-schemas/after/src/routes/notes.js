import { send } from '../http/answers.js';

const note = { type: 'object', properties: { id: { type: 'integer' }, title: { type: 'string' } } };

export default async function notes(fastify, options) {
  fastify.get('/', { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', default: 10, maximum: 50 } } }, response: { 200: { type: 'array', items: note } } } }, async (c) => {
    const { limit } = c.req.valid('query');
    return send(c, [...fastify.store.values()].slice(0, limit));
  });

  fastify.get('/:id', { schema: { response: { 200: note } } }, async function (c) {
    const found = this.store.get(c.req.param('id'));
    if (!found) {
      c.status(404);
      return send(c, { error: 'no such note' });
    }
    return send(c, found);
  });

  fastify.route({
    method: 'POST',
    url: '/',
    schema: { body: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } } },
    preHandler: (c) => {
      if (c.get('user') === 'anonymous') return send(c, { error: 'who?' }, 403);
    },
    handler: async (c) => {
      const id = String(fastify.store.size + 1);
      fastify.store.set(id, { id: Number(id), ...c.req.valid('json') });
      c.header('location', `/notes/${id}`);
      return c.json({ id }, 201);
    },
  });
}
