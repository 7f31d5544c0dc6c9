/*
package: '@fastify/formbody'
packages: ['@fastify/formbody']
requests:
  - POST: /
    body: 'a=1&b=x%20y&a=2'
    type: application/x-www-form-urlencoded
  - POST: /
    body: ''
    type: application/x-www-form-urlencoded
  - POST: /
    json: { a: 1 }
*/
const app = require('fastify')();

app.register(require('@fastify/formbody'));
app.post('/', async (request) => request.body);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
