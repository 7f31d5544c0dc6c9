/*
member: request.body
variant: malformed JSON
requests:
  - POST: /echo
    body: '{"a":'
    type: application/json
  - POST: /echo
    body: 'name=ann'
    type: application/json
  - POST: /echo
    body: '{"a": 1, "list": [1, 2, }, "more": "words to be cut"}'
    type: application/json
  - POST: /shown
    body: '[1,]'
    type: application/json
*/
const app = require('fastify')();

app.post('/echo', async (request) => request.body);
app.post(
  '/shown',
  {
    errorHandler: (error, request, reply) => {
      reply.code(error.statusCode).send({ shown: error.message });
    },
  },
  async (request) => request.body,
);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
