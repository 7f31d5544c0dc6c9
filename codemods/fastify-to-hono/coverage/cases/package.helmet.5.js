/*
package: '@fastify/helmet'
packages: ['@fastify/helmet']
requests:
  - GET /
  - GET /nowhere
*/
const app = require('fastify')();

app.register(require('@fastify/helmet'), { contentSecurityPolicy: false });
app.get('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
