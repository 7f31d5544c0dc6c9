/*
member: reply.send
variant: streams
requests:
  - GET /readable
  - HEAD /readable
  - GET /typed
  - GET /seen
  - GET /web
  - GET /missing
*/
const { Readable } = require('node:stream');
const app = require('fastify')();

app.get('/readable', async (request, reply) => {
  const rows = Readable.from(['one ', 'two']);
  return reply.send(rows);
});
app.get('/typed', async (request, reply) => {
  reply.header('content-type', 'text/csv');
  return Readable.from(['a,b\n', '1,2\n']);
});
app.get('/web', async (request, reply) => {
  reply.type('text/plain');
  return new Blob(['from the web']).stream();
});
app.get('/missing', async (request, reply) => {
  reply.type('text/plain');
  return new Readable({
    read() {
      this.destroy(new Error('no such file'));
    },
  });
});
app.register(async (part) => {
  part.addHook('onSend', async (request, reply, payload) => {
    reply.header('x-payload', typeof payload === 'string' ? 'text' : Buffer.isBuffer(payload) ? 'bytes' : 'stream');
    return payload;
  });
  part.get('/seen', async () => Readable.from(['seen']));
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
