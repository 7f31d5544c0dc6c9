/*
shape: an error handler that is set after a route
requests:
  - GET /before
  - GET /after
  - GET /same
  - GET /inner
  - GET /twice
*/
const app = require('fastify')();

app.register(async (part) => {
  part.get('/before', async () => {
    throw new Error('before');
  });
  // It shares the part that it is registered on.
  async function shared(same) {
    same.get('/same', async () => {
      throw new Error('same');
    });
    same.setErrorHandler((error, request, reply) => {
      reply.code(409).send({ shared: error.message });
    });
  }
  shared[Symbol.for('skip-override')] = true;
  part.register(shared);
  part.get('/after', async () => {
    throw new Error('after');
  });
  part.register(async (inner) => {
    inner.get('/inner', async () => {
      throw new Error('inner');
    });
  });
});
app.register(async (twice) => {
  twice.setErrorHandler((error, request, reply) => {
    reply.code(418).send({ first: error.message });
  });
  twice.register(async (deep) => {
    deep.setErrorHandler((error) => {
      throw new Error(`${error.message} again`);
    });
    deep.get('/twice', async () => {
      throw new Error('twice');
    });
  });
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
