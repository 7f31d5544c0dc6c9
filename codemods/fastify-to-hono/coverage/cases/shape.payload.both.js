/*
shape: hooks that change what is sent
requests:
  - GET /
  - GET /text
  - GET /bytes
  - GET /nothing
  - GET /fails
  - GET /nowhere
  - POST: /
    json: { a: 1 }
*/
const app = require('fastify')();

app.addHook('onSend', async (request, reply, payload) => {
  if (typeof payload !== 'string' || !payload.startsWith('{')) return payload;
  const body = JSON.parse(payload);
  return JSON.stringify({ wrapped: body, by: request.method });
});
app.addHook('onSend', (request, reply, payload, done) => {
  reply.header('x-kind', typeof payload === 'string' ? 'text' : Buffer.isBuffer(payload) ? 'bytes' : 'none');
  if (payload === 'plain') return done(null, 'PLAIN');
  done(null, payload);
});
app.get('/', async () => ({ a: 1 }));
app.post('/', async (request) => request.body);
app.get('/text', async () => 'plain');
app.get('/bytes', async () => Buffer.from('bytes'));
app.get('/nothing', async (request, reply) => reply.code(204).send());
app.get('/fails', async () => {
  throw new Error('failed');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
