/*
shape: answers to HEAD
requests:
  - HEAD /object
  - GET /object
  - HEAD /number
  - GET /number
  - HEAD /list
  - HEAD /none
  - GET /none
  - HEAD /shown/object
  - GET /shown/object
  - HEAD /csv
  - GET /csv
  - HEAD /null
  - GET /null
  - HEAD /own
  - GET /own
  - HEAD /alone
  - GET /alone
  - HEAD /both
  - GET /both
  - HEAD /all
  - POST /all
*/
const app = require('fastify')();

app.addHook('onError', async (request, reply, error) => {
  reply.header('x-error', error.message);
});

app.get('/object', async (request, reply) => {
  reply.type('text/html');
  return { a: 1 };
});
app.get('/number', (request, reply) => {
  reply.type('text/html').send(42);
});
app.get('/list', async (request, reply) => reply.type('image/png').send([1, 2]));
app.get('/none', async (request, reply) => {
  reply.type('text/plain');
  return null;
});

// A hook sees what it will be sent as, and may write it.
app.register(async (part) => {
  part.addHook('onSend', async (request, reply, payload) => {
    if (Array.isArray(payload)) return payload.map((row) => row.join(',')).join('\n');
    if (request.url === '/null') return null;
    return payload;
  });
  part.get('/csv', async (request, reply) => {
    reply.type('text/csv');
    return [
      [1, 2],
      [3, 4],
    ];
  });
  part.get('/null', async () => 'something');
});

app.register(async (part) => {
  part.setErrorHandler((error, request, reply) => {
    reply.code(502).send({ shown: error.message, code: error.code });
  });
  part.get('/shown/object', async (request, reply) => {
    reply.type('text/html');
    return { a: 1 };
  });
});

app.head('/own', async (request, reply) => {
  reply.header('x-own', 'head');
  return '';
});
app.get('/own', async (request, reply) => {
  reply.header('x-own', 'get');
  return 'own';
});
app.head('/alone', async (request, reply) => reply.header('x-alone', '1').send());
app.route({
  method: ['GET', 'HEAD'],
  url: '/both',
  handler: async (request, reply) => {
    reply.header('x-method', request.method);
    return 'both';
  },
});
app.all('/all', async (request, reply) => {
  reply.type('text/html');
  return { method: request.method };
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
