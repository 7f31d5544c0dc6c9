export default async function later(fastify) {
  fastify.get('/on', async () => 'later');
}
