/*
package: '@fastify/env'
packages: ['@fastify/env']
requests:
  - GET /
*/
const app = require('fastify')();

app.register(require('@fastify/env'), {
  schema: { type: 'object', properties: { GREETING: { type: 'string', default: 'hello' } } },
});
app.get('/', async () => ({ greeting: app.config.GREETING }));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
