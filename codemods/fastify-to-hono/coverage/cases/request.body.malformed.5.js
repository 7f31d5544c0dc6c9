/*
member: request.body
variant: malformed JSON
requests:
  - POST: /echo
    body: '{"a":'
    type: application/json
*/
const fastify = require('fastify')();

fastify.post('/echo', async (request) => request.body);

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
