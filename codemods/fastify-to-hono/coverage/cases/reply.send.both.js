/*
member: reply.send
requests:
  - GET /object
  - GET /list
  - GET /text
  - GET /number
  - GET /nothing
  - GET /bytes
  - GET /null
  - GET /error
  - GET /unknown
  - HEAD /object
*/
const fastify = require('fastify')();

fastify.get('/object', (request, reply) => {
  reply.send({ a: 1, b: ['x'], at: new Date(0) });
});
fastify.get('/list', (request, reply) => reply.send([1, 2]));
fastify.get('/text', (request, reply) => {
  return reply.send('plain');
});
fastify.get('/number', async () => 7);
fastify.get('/nothing', (request, reply) => {
  reply.send();
});
fastify.get('/bytes', (request, reply) => {
  reply.send(Buffer.from('abc'));
});
fastify.get('/null', async () => null);
fastify.get('/error', (request, reply) => {
  reply.send(Object.assign(new Error('not today'), { statusCode: 409, code: 'E_BUSY' }));
});
fastify.get('/unknown', async () => JSON.parse('{"b":1,"a":2}'));

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
