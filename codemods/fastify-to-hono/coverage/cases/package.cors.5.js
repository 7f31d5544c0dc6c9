/*
package: '@fastify/cors'
packages: ['@fastify/cors']
requests:
  - GET: /
    headers: { Origin: https://a.example }
  - GET: /
    headers: { Origin: https://evil.example }
  - GET /
  - OPTIONS: /
    headers: { Origin: https://a.example, Access-Control-Request-Method: PUT, Access-Control-Request-Headers: x-a }
  - OPTIONS /
  - OPTIONS: /nowhere
    headers: { Origin: https://a.example, Access-Control-Request-Method: GET }
  - GET: /nowhere
    headers: { Origin: https://a.example }
*/
const app = require('fastify')();
const cors = require('@fastify/cors');

app.register(cors, { origin: ['https://a.example', /\.trusted\.example$/], credentials: true, maxAge: 60 });
app.get('/', async () => ({ ok: true }));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
