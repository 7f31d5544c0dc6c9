/*
shape: helpers that are handed request and reply
requests:
  - GET: /
    headers: { x-user: ann }
  - GET /
  - GET /fail
*/
const app = require('fastify')();

const userOf = (request) => request.headers['x-user'];
function fail(reply, code, message) {
  return reply.code(code).send({ message });
}
async function guard(request, reply) {
  if (!userOf(request)) return fail(reply, 401, 'who are you');
  request.user = userOf(request);
}

app.get('/', { preHandler: guard }, async (request) => ({ user: request.user }));
app.get('/fail', (request, reply) => {
  fail(reply, 400, 'failed');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
