/*
member: request.body
requests:
  - POST: /echo
    json: { a: 1, b: [true, null] }
  - POST: /echo
    body: plain words
    type: text/plain
  - POST /echo
  - POST: /echo
    body: ''
    type: application/json
  - POST: /echo
    body: <a/>
    type: application/xml
  - POST: /echo
    body: '{"__proto__":{"admin":true}}'
    type: application/json
  - POST: /echo
    body: '"text"'
    type: application/json; charset=utf-8
  - PUT: /echo
    json: { a: 1 }
  - DELETE: /echo
    json: { a: 1 }
  - DELETE /echo
  - POST: /nowhere
    json: { a: 1 }
  - POST: /small
    body: 'a long text of more than twenty bytes'
    type: text/plain
*/
const app = require('fastify')();

app.route({
  method: ['POST', 'DELETE'],
  url: '/echo',
  handler: async (request) => ({ got: request.body === undefined ? 'nothing' : request.body }),
});
app.post('/small', { bodyLimit: 20 }, async (request) => request.body);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
