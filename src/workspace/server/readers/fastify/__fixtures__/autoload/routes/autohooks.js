export default async function (fastify) {
  fastify.addHook('onRequest', async (request) => {
    request.seen = true;
  });
}
