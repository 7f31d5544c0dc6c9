export default async function (fastify, opts) {
  fastify.get('/', async () => ({ root: true }));
}
