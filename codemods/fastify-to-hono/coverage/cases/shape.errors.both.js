/*
shape: errors
requests:
  - GET /plain
  - GET /status
  - GET /code
  - GET /thrown-object
  - GET /sync
  - GET /rejected
  - GET /caught
  - GET /headers
*/
const fastify = require('fastify')();

fastify.get('/plain', async () => {
  throw new Error('plain');
});
fastify.get('/status', async () => {
  throw Object.assign(new Error('teapot'), { statusCode: 418 });
});
fastify.get('/code', async () => {
  const error = new TypeError('bad');
  error.code = 'E_BAD';
  error.status = 422;
  throw error;
});
fastify.get('/thrown-object', async () => {
  throw { mine: true };
});
fastify.get('/sync', (request, reply) => {
  if (!request.query.a) throw new RangeError('no a');
  reply.send('a');
});
fastify.get('/rejected', () => Promise.reject(new Error('rejected')));
fastify.get('/caught', async (request, reply) => {
  try {
    await Promise.reject(new Error('inside'));
  } catch (error) {
    reply.code(502).send({ error: error.message });
  }
});
fastify.get('/headers', async () => {
  throw Object.assign(new Error('wait'), { statusCode: 429, headers: { 'retry-after': '3' } });
});

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
