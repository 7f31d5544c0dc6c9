'use strict';

module.exports = async function (fastify, opts) {
  fastify.get('/', async () => ({ root: true }));
  fastify.register(require('./routes/example'), { prefix: '/example' });
};

module.exports.options = {};
