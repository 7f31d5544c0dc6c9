/*
shape: hooks
requests:
  - GET /
  - GET /?deny=1
  - GET /late?deny=2
  - POST: /
    json: { a: 1 }
  - GET /nowhere
*/
const app = require('fastify')();
const order = [];

app.addHook('onRequest', (request, reply, done) => {
  request.order = ['onRequest'];
  done();
});
app.addHook('preValidation', async (request) => {
  request.order.push('preValidation');
});
app.addHook('preHandler', (request, reply, done) => {
  request.order.push('preHandler');
  if (request.query.deny === '1') return reply.code(401).send({ error: 'denied' });
  if (request.query.deny === '2') return done(Object.assign(new Error('refused'), { statusCode: 403 }));
  done();
});
app.addHook('onSend', async (request, reply) => {
  reply.header('x-order', request.order.join());
});
app.addHook('onResponse', async (request, reply) => {
  order.push(reply.statusCode);
});

app.get('/', async (request) => ({ order: request.order }));
app.get('/late', { preHandler: [async (request) => void request.order.push('own')] }, async (request) => request.order);
app.post('/', async (request) => ({ order: request.order, body: request.body }));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
