export default async (fastify) => {
  fastify.get('/items/:item', async (request) => request.params);
};
