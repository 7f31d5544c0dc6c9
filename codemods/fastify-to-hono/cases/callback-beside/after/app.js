const { besideFastify } = require('./http/beside');
const { body } = require('./http/body');
const { hono } = require('./http/in-fastify');
const fastify = besideFastify(require('fastify'), {}, { body });
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
fastify.get('/ok', hono(async (c) => c.json({ ok: true })));

fastify.listen({ port: 3000 });
