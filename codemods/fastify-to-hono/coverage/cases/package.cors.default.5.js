/*
package: '@fastify/cors'
variant: no options
packages: ['@fastify/cors']
requests:
  - GET: /
    headers: { Origin: https://a.example }
  - OPTIONS: /
    headers: { Origin: https://a.example, Access-Control-Request-Method: PUT }
*/
const app = require('fastify')();

app.register(require('@fastify/cors'));
app.get('/', async () => ({ ok: true }));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
