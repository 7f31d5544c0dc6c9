/*
shape: errors of Fastify's own
requests:
  - POST: /small
    json: { text: 'more than twenty bytes of it' }
  - POST: /items
    body: '<a/>'
    type: application/xml
  - POST: /items
    body: ''
    type: application/json
  - POST: /items
    body: '{"a":'
    type: application/json
  - POST: /items
    json: { count: 'x' }
  - POST: /attached
    json: { count: 'x' }
  - GET /thrown
*/
const app = require('fastify')();
const schema = { body: { type: 'object', properties: { count: { type: 'integer' } } } };
const shown = (error) => ({
  name: error.name,
  code: error.code,
  statusCode: error.statusCode,
  message: error.message,
  text: String(error),
  as: error.constructor.name,
  kinds: [error instanceof Error, error instanceof RangeError, error instanceof TypeError],
  validation: error.validation,
  context: error.validationContext,
  written: JSON.stringify(error),
});

app.setErrorHandler((error, request, reply) => {
  reply.code(error.statusCode ?? 500).send(shown(error));
});
app.post('/small', { bodyLimit: 20 }, async (request) => request.body);
app.post('/items', { schema }, async (request) => request.body);
app.post('/attached', { schema, attachValidation: true }, async (request) => shown(request.validationError));
app.get('/thrown', async () => {
  throw new RangeError('out of it');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
