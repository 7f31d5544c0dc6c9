/*
shape: a prefix with a slash beside Fastify
requests:
  - GET /logs
  - GET /logs/
  - GET /logs/7
  - GET /logs/?id=7
  - GET /notes/
  - GET /notes
  - GET /notes/1
  - GET /stays
*/
const app = require('fastify')();

app.register(
  async (logs) => {
    logs.addHook('preHandler', async (request, reply) => {
      if (request.params.id === '') return reply.code(401).send({ error: 'which one' });
    });
    logs.get('/', async () => ['one', 'two']);
    logs.get('/:id', async (request) => ({ id: request.params.id }));
  },
  { prefix: '/logs' },
);
app.register(
  async (notes) => {
    notes.get('/:id', async (request) => ({ note: request.params.id }));
    notes.get('/', { prefixTrailingSlash: 'slash' }, async () => 'all');
  },
  { prefix: '/notes' },
);
app.get('/stays', (request, reply) => {
  setTimeout(() => reply.send('later'), 1);
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
