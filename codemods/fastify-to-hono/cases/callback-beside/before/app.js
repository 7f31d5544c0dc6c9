const fastify = require('fastify')();
const fs = require('node:fs');

fastify.get('/later', (request, reply) => {
  fs.readFile('notes.txt', (error, text) => {
    reply.send(error ?? text);
  });
});
fastify.get('/raw', (request, reply) => {
  reply.raw.end('raw');
});
fastify.decorateReply('ok', function () {
  return this.send({ ok: true });
});
fastify.get('/ok', async () => ({ ok: true }));

fastify.listen({ port: 3000 });
