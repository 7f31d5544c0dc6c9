module.exports = async function (fastify) {
  fastify.get('/', async () => ({ title: fastify.title }));
};
