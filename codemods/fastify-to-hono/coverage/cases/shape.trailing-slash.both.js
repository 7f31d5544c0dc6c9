/*
shape: ignoreTrailingSlash
requests:
  - GET /a
  - GET /a/
  - GET /b/
  - GET /b
  - GET /
*/
const app = require('fastify')({ ignoreTrailingSlash: true });

app.get('/a', async () => 'a');
app.get('/b/', async () => 'b');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
