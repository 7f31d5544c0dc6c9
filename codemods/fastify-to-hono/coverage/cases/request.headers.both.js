/*
member: request.headers
requests:
  - GET: /
    headers: { X-Token: abc, Authorization: Bearer x }
  - GET /
*/
const app = require('fastify')();

app.get('/', async (request) => ({
  token: request.headers['x-token'] ?? null,
  auth: request.headers.authorization ?? null,
  method: request.method,
  url: request.url,
}));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
