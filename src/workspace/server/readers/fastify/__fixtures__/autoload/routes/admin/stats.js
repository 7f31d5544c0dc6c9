export const autoPrefix = '/internal';

export default async (fastify) => {
  fastify.get('/stats', async () => ({}));
};
