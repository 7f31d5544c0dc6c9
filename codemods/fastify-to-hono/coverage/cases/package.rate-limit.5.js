/*
package: '@fastify/rate-limit'
packages: ['@fastify/rate-limit']
requests:
  - GET /
*/
const app = require('fastify')();

app.register(require('@fastify/rate-limit'), { max: 1 });
app.get('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
