/*
member: reply.header
requests:
  - GET /one
  - GET /many
  - GET /type
  - GET /json-type
  - GET /number
  - GET /cookies
  - GET /html
*/
const app = require('fastify')();

app.get('/one', async (request, reply) => {
  reply.header('X-One', 'yes');
  return { a: 1 };
});
app.get('/many', (request, reply) => {
  reply.headers({ 'x-a': 1, 'x-b': 'two' }).send('ok');
});
app.get('/type', (request, reply) => {
  reply.type('text/csv').send('a,b');
});
app.get('/json-type', async (request, reply) => {
  reply.header('content-type', 'application/vnd.api+json');
  return { data: [] };
});
app.get('/number', async (request, reply) => {
  reply.header('x-count', 12);
  return 'ok';
});
app.get('/cookies', async (request, reply) => {
  reply.header('set-cookie', 'a=1');
  reply.header('set-cookie', 'b=2');
  return 'ok';
});
app.get('/html', (request, reply) => reply.type('text/html; charset=utf-8').send('<p>hi</p>'));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
