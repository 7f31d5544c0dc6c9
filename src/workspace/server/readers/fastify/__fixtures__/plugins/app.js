const fastify = require('fastify');
const auth = require('./lib/auth');
const { version } = require('./lib/config');

const app = fastify({ logger: false });
app.register(auth);
app.addHook('onRequest', async (request) => {
  request.startedAt = Date.now();
});

app.get('/', async () => ({ hello: 'world' }));
app.get('/health', { logLevel: 'silent' }, async function health() {
  return 'ok';
});
app.route({
  method: ['GET', 'POST'],
  url: '/both',
  schema: { querystring: { type: 'object' } },
  handler: async (request) => request.method,
});
app.all('/anything', (request, reply) => reply.send(request.method));
app
  .post('/chained/one', async () => 1)
  .post('/chained/two', async () => 2);

app.register(require('./routes/users'), { prefix: `/v${version}/users` });
app.register(require('./routes/items'), { prefix: '/items' });
app.register(require('./routes/items'), { prefix: 'old/items' });
app.register(
  async (outer) => {
    outer.get('/', async () => 'outer');
    outer.register(
      (inner, options, done) => {
        inner.addHook('preHandler', inner.authenticate);
        inner.delete('/:id(^\\d+$)', async () => 'gone');
        inner.get('/near/:lat-:lng', async (request) => request.params);
        done();
      },
      { prefix: '/inner' },
    );
  },
  { prefix: '/outer' },
);

app.listen({ port: Number(process.env.PORT) || 0 });
