/*
shape: plugins
packages: [fastify-plugin]
requests:
  - GET /
  - GET /a
  - GET /a/
  - GET /a/deep/x
  - GET /b/x
  - GET /b/none
  - GET: /b/x
    headers: { x-stop: '1' }
  - GET: /a
    headers: { x-stop: '1' }
  - GET /a/boom
  - GET /boom
*/
const app = require('fastify')();
const fp = require('fastify-plugin');

app.register(
  fp(async (instance, options) => {
    instance.decorate('name', options.name);
    instance.addHook('onRequest', async (request, reply) => {
      reply.header('x-seen', instance.name);
    });
  }),
  { name: 'shared' },
);

async function a(instance) {
  instance.setErrorHandler((error, request, reply) => {
    reply.code(418).send({ mine: error.message });
  });
  instance.get('/', async () => ({ at: instance.prefix }));
  instance.get('/boom', async () => {
    throw new Error('inside');
  });
  instance.register(
    (inner, options, done) => {
      inner.get('/x', async () => ({ at: inner.prefix, name: inner.name }));
      done();
    },
    { prefix: '/deep' },
  );
}

async function b(instance) {
  instance.addHook('preHandler', async (request, reply) => {
    if (request.headers['x-stop']) return reply.code(403).send({ error: 'stopped' });
  });
  instance.get('/x', async () => ({ at: instance.prefix }));
}

app.register(a, { prefix: '/a' });
app.register(b, { prefix: '/b' });
app.get('/', async () => ({ root: true }));
app.get('/boom', async () => {
  throw new Error('outside');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
