/*
shape: what stays
requests:
  - GET /callback
*/
const app = require('fastify')();

app.get('/callback', (request, reply) => {
  setTimeout(() => reply.send({ later: true }), 1);
});
app.get('/raw', (request, reply) => {
  reply.raw.end('raw');
});
app.get('/kept', (request, reply) => {
  const kept = reply;
  kept.send('x');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
