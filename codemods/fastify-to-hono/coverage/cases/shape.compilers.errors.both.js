/*
shape: compilers of schemas
variant: what they have against a request
requests:
  - POST: /?by=list
    json: { name: 1 }
  - POST: /?by=error
    json: { name: 1 }
  - POST: /?by=throwing
    json: { name: 1 }
  - POST: /?by=rejecting
    json: { name: 1 }
  - POST: /?by=promise
    json: { name: 1 }
  - POST: /?by=value
    json: { name: 1 }
*/
const app = require('fastify')();

app.setValidatorCompiler(() => (data) => {
  if (data.by === 'list') return { error: [{ message: 'is wrong' }, { instancePath: '/by', message: 'too' }] };
  if (data.by === 'error') return { error: Object.assign(new Error('own'), { statusCode: 422 }) };
  if (data.by === 'throwing') throw new TypeError('thrown');
  if (data.by === 'rejecting') return Promise.reject(new Error('rejected'));
  if (data.by === 'promise') return Promise.resolve({ done: true });
  return { value: { ...data, checked: true } };
});
app.setErrorHandler((error, request, reply) => {
  const { code, statusCode, message, validation = null, validationContext } = error;
  reply.code(statusCode ?? 500).send({ code, statusCode, message, validation, validationContext });
});
app.post('/', { schema: { querystring: { by: 'string' } } }, async (request) => request.query);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
