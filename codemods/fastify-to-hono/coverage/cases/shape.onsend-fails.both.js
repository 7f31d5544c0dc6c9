/*
shape: hooks that fail as an answer is sent
requests:
  - GET /
  - GET /?fail=1
  - HEAD /?fail=1
  - GET /?fail=late
  - GET /own?fail=1
  - GET /own?fail=always
  - GET /own?fail=object
  - GET /throws?fail=1
  - GET /error?fail=error
  - GET /nowhere?fail=1
  - GET /status
*/
const app = require('fastify')();

app.decorateRequest('errors', '');
app.decorateRequest('sent', 0);
app.addHook('onError', async (request, reply, error) => {
  request.errors = `${request.errors}${error.message};`;
  reply.header('x-errors', request.errors);
});
app.addHook('onSend', async (request, reply) => {
  request.sent = request.sent + 1;
  reply.header('x-sent', `${request.sent} ${reply.statusCode}`);
});
app.addHook('onSend', async (request, reply, payload) => {
  const { fail } = request.query;
  const isFirst = request.sent === 1;
  if (fail === '1' && isFirst) throw Object.assign(new Error('not sent'), { statusCode: 418 });
  if (fail === 'always') throw new Error('never sent');
  if (fail === 'object' && isFirst) return { not: 'text' };
  if (fail === 'error' && reply.statusCode >= 500) throw new Error('no error either');
  return payload;
});
app.addHook('onSend', (request, reply, payload, done) => {
  if (request.query.fail === 'late' && reply.statusCode === 200) return done(new Error('late'));
  done();
});

app.get('/', async (request, reply) => {
  reply.header('x-handler', '1').code(200);
  return { a: 1 };
});
app.get('/error', async () => {
  throw new Error('failed');
});
app.get('/status', async (request, reply) => reply.code(201).send({ made: true }));
app.register(async (part) => {
  part.setErrorHandler(async (error, request, reply) => {
    reply.code(error.statusCode ?? 503);
    return { failed: error.message };
  });
  part.get('/own', async () => ({ own: true }));
  part.register(async (inner) => {
    inner.setErrorHandler((error) => {
      throw new Error(`again ${error.message}`);
    });
    inner.get('/throws', async () => 'text');
  });
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
