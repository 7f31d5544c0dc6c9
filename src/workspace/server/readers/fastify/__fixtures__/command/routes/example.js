'use strict';

async function example(fastify) {
  fastify.get('/shared', async () => 'this is an example');
}

example[Symbol.for('skip-override')] = true;

module.exports = example;
