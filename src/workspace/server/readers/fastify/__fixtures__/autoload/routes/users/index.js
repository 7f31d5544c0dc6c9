export default async (fastify) => {
  fastify.get('/', async () => []);
  fastify.post('/', { schema: { body: { type: 'object' } } }, async (request) => request.body);
};
