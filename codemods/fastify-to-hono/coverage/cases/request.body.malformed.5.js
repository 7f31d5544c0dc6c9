/*
member: request.body
variant: malformed JSON
requests:
  - POST: /echo
    body: '{"a":'
    type: application/json
*/
const app = require('fastify')();

app.post('/echo', async (request) => request.body);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
