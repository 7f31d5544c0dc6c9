/*
shape: setErrorHandler
requests:
  - GET /known
  - GET /passed
  - GET /validated?n=x
  - GET /returned
*/
const app = require('fastify')();

app.setErrorHandler(function (error, request, reply) {
  request.log.error({ req: request, res: reply, err: error }, error.message);
  if (error.validation) {
    reply.status(422).send({ problems: error.validation.map(({ message }) => message), in: error.validationContext });
    return;
  }
  if (error.code === 'E_KNOWN') return reply.code(409).send({ known: true });
  reply.send(error);
});
app.get('/known', async () => {
  throw Object.assign(new Error('x'), { code: 'E_KNOWN' });
});
app.get('/passed', async () => {
  throw Object.assign(new Error('passed'), { statusCode: 451 });
});
app.get('/validated', { schema: { querystring: { type: 'object', properties: { n: { type: 'integer' } } } } }, async () => 'ok');
app.get('/returned', async (request, reply) => reply.send(new Error('returned')));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
