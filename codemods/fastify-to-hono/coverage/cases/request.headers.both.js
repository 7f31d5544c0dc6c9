/*
member: request.headers
requests:
  - GET: /
    headers: { X-Token: abc, Authorization: Bearer x }
  - GET /
*/
const fastify = require('fastify')();

fastify.get('/', async (request) => ({
  token: request.headers['x-token'] ?? null,
  auth: request.headers.authorization ?? null,
  method: request.method,
  url: request.url,
}));

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
