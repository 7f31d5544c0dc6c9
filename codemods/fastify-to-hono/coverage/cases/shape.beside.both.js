/*
shape: route by route
requests:
  - GET /notes/1
  - GET /notes/latest
  - GET /notes/7?full=1
  - GET /notes/nothing
  - POST: /notes
    json: { title: 'a', more: 1 }
  - POST: /notes
    json: { text: 'a' }
  - GET /callback
  - GET /raw
  - GET /admin/secrets
  - GET: /admin/secrets
    headers: { 'x-key': 'k' }
  - GET: /admin/stream
    headers: { 'x-key': 'k' }
  - GET /admin/stream
  - GET /shared/one
  - GET /shared/two
  - GET: /shared/one
    headers: { 'x-user': 'ann' }
  - GET: /shared/two
    headers: { 'x-user': 'ann' }
  - GET /nowhere
  - GET /broken
  - GET /guarded-by-kept
  - GET: /guarded-by-kept
    headers: { 'x-pass': 'yes' }
  - HEAD /notes/1
*/
const Fastify = require('fastify');

const app = Fastify({ ignoreTrailingSlash: true });

app.decorateRequest('user', null);
app.addHook('onSend', async (request, reply) => {
  reply.header('x-served', request.method);
});
app.setErrorHandler((error, request, reply) => {
  reply.code(error.statusCode || 500).send({ failed: error.message });
});

const note = {
  type: 'object',
  properties: { id: { type: 'integer' }, title: { type: 'string' } },
};

app.get('/notes/:id', { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } }, response: { 200: note } } }, async (request) => {
  return { id: request.params.id, title: 'a note', secret: 'not shown' };
});
// It stays, and is more exact than the route above.
app.get('/notes/latest', (request, reply) => {
  setTimeout(() => reply.send({ latest: true, user: request.user }), 1);
});
app.post('/notes', { schema: { body: { type: 'object', required: ['title'], properties: { title: { type: 'string' } }, additionalProperties: false } } }, async (request, reply) => {
  reply.code(201);
  return request.body;
});
app.get('/callback', (request, reply) => {
  setTimeout(() => reply.send({ later: true }), 1);
});
app.get('/raw', (request, reply) => {
  reply.raw.end('raw');
});
app.get('/broken', async () => {
  throw new Error('broken');
});

app.register(
  async (admin) => {
    admin.addHook('onRequest', async (request, reply) => {
      if (request.headers['x-key'] !== 'k') return reply.code(401).send({ error: 'no key' });
    });
    admin.get('/secrets', async () => ({ secrets: [1, 2] }));
    admin.get('/stream', (request, reply) => {
      reply.hijack();
      reply.raw.end('hijacked');
    });
  },
  { prefix: '/admin' },
);

async function authenticate(request, reply) {
  const user = request.headers['x-user'];
  if (!user) {
    reply.code(403);
    return reply.send({ error: 'who are you' });
  }
  request.user = { name: user };
}
app.decorate('authenticate', authenticate);
app.register(
  async (shared) => {
    shared.get('/one', { preHandler: [shared.authenticate] }, async (request) => ({ hello: request.user.name }));
    shared.get('/two', { preHandler: shared.authenticate }, (request, reply) => {
      setTimeout(() => reply.send({ later: request.user.name }), 1);
    });
  },
  { prefix: '/shared' },
);

// A guard that stays keeps its routes.
app.register(async (part) => {
  part.addHook('preHandler', (request, reply, done) => {
    setTimeout(() => {
      if (request.headers['x-pass'] === 'yes') done();
      else reply.code(401).send({ error: 'not yet' });
    }, 1);
  });
  part.get('/guarded-by-kept', async () => ({ inside: true }));
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
