/*
member: reply.code
variant: a code that is known only when it runs
requests:
  - GET /asked?code=404
  - GET /asked?code=abc
  - GET /asked?code=700
  - GET /asked
  - GET /assigned?code=202
  - GET /assigned
  - GET /empty?code=201
  - GET /empty
  - GET /elsewhere?code=301
  - GET /elsewhere
  - GET /second?code=307
  - GET /second
  - GET /failing?code=418
  - GET /failing
  - GET /caught
*/
const app = require('fastify')();

app.setErrorHandler((error, request, reply) => {
  reply.code(error.statusCode).send({ failed: error.message, code: error.code });
});
app.get('/asked', async (request, reply) => reply.code(request.query.code).send({ asked: true }));
app.get('/assigned', async (request, reply) => {
  reply.statusCode = request.query.code;
  return { assigned: true };
});
app.get('/empty', async (request, reply) => reply.code(request.query.code).send());
app.get('/elsewhere', async (request, reply) => reply.code(request.query.code).redirect('/asked'));
app.get('/second', async (request, reply) => reply.redirect('/asked', Number(request.query.code)));
app.get('/failing', async (request) => {
  throw Object.assign(new Error('failed'), { statusCode: request.query.code });
});
app.get('/caught', async (request, reply) => {
  try {
    return reply.code(request.query.code).send('sent');
  } catch (error) {
    return { caught: error.message };
  }
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
