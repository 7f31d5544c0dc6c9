/*
member: reply.send
requests:
  - GET /object
  - GET /list
  - GET /text
  - GET /number
  - GET /nothing
  - GET /bytes
  - GET /null
  - GET /error
  - GET /unknown
  - HEAD /object
*/
const app = require('fastify')();

app.get('/object', (request, reply) => {
  reply.send({ a: 1, b: ['x'], at: new Date(0) });
});
app.get('/list', (request, reply) => reply.send([1, 2]));
app.get('/text', (request, reply) => {
  return reply.send('plain');
});
app.get('/number', async () => 7);
app.get('/nothing', (request, reply) => {
  reply.send();
});
app.get('/bytes', (request, reply) => {
  reply.send(Buffer.from('abc'));
});
app.get('/null', async () => null);
app.get('/error', (request, reply) => {
  reply.send(Object.assign(new Error('not today'), { statusCode: 409, code: 'E_BUSY' }));
});
app.get('/unknown', async () => JSON.parse('{"b":1,"a":2}'));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
