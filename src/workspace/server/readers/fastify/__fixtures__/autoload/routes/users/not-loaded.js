export default async (fastify) => {
  fastify.get('/never', async () => 'an index stands beside it');
};
