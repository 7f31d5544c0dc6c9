module.exports = async function (fastify) {
  fastify.get('/text', async (request) => request.params.id);
};
