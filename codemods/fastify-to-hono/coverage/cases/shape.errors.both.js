/*
shape: errors
requests:
  - GET /plain
  - GET /status
  - GET /code
  - GET /thrown-object
  - GET /sync
  - GET /rejected
  - GET /caught
  - GET /headers
*/
const app = require('fastify')();

app.get('/plain', async () => {
  throw new Error('plain');
});
app.get('/status', async () => {
  throw Object.assign(new Error('teapot'), { statusCode: 418 });
});
app.get('/code', async () => {
  const error = new TypeError('bad');
  error.code = 'E_BAD';
  error.status = 422;
  throw error;
});
app.get('/thrown-object', async () => {
  throw { mine: true };
});
app.get('/sync', (request, reply) => {
  if (!request.query.a) throw new RangeError('no a');
  reply.send('a');
});
app.get('/rejected', () => Promise.reject(new Error('rejected')));
app.get('/caught', async (request, reply) => {
  try {
    await Promise.reject(new Error('inside'));
  } catch (error) {
    reply.code(502).send({ error: error.message });
  }
});
app.get('/headers', async () => {
  throw Object.assign(new Error('wait'), { statusCode: 429, headers: { 'retry-after': '3' } });
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
