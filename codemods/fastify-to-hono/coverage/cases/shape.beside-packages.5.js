/*
shape: packages beside Fastify
packages: ['@fastify/rate-limit', '@fastify/multipart', '@fastify/cookie', '@fastify/helmet', '@fastify/cors', '@fastify/jwt', '@fastify/formbody']
mask: ['x-ratelimit-reset: \d+', 'retry-after: \d+']
requests:
  - GET /
  - GET /
  - GET: /cookies
    headers: { cookie: 'a=1; b=2' }
  - GET: /who
    headers: { authorization: 'Bearer nonsense' }
  - GET /who
  - GET: /token/ann
    headers: { origin: 'http://a.example' }
  - OPTIONS: /token/ann
    headers: { origin: 'http://a.example', access-control-request-method: GET }
  - POST: /form
    body: 'a=1&a=2&b=3'
    type: application/x-www-form-urlencoded
  - POST: /form
    body: "--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n"
    type: multipart/form-data; boundary=x
  - GET /later
  - GET /few
  - GET /few
  - GET /few
  - GET /unlimited
  - GET /nowhere
*/
const app = require('fastify')();

app.register(require('@fastify/rate-limit'), {
  max: 100,
  keyGenerator: (request) => request.ip + request.headers['user-agent'],
  errorResponseBuilder: (request, context) => {
    const error = new Error(`slow down, ${request.method}: ${context.max}`);
    error.statusCode = context.statusCode;
    return error;
  },
});
app.register(require('@fastify/multipart'));
app.register(require('@fastify/cookie'));
app.register(require('@fastify/helmet'), { global: true });
app.register(require('@fastify/cors'), { origin: true, credentials: true });
app.register(require('@fastify/formbody'));
app.register(require('@fastify/jwt'), { secret: 'a secret of some length', namespace: undefined });

app.decorate('authenticate', async (request, reply) => {
  try {
    await request.jwtVerify();
  } catch (error) {
    reply.code(401).send({ error: error.message });
  }
});
app.register(async (part) => {
  part.get('/', async () => ({ ok: true }));
  part.get('/cookies', async (request, reply) => {
    reply.setCookie('seen', 'yes', { path: '/' });
    return request.headers.cookie;
  });
  part.get('/who', { onRequest: [app.authenticate] }, async (request) => request.user);
  part.get('/token/:name', async (request) => ({ made: typeof part.jwt.sign({ name: request.params.name }) }));
  part.post('/form', async (request) => ({ body: request.body }));
  part.get('/later', (request, reply) => {
    setTimeout(() => reply.send({ later: true }), 1);
  });
  part.get('/few', { config: { rateLimit: { max: 2, timeWindow: '1 minute' } } }, async () => 'few');
  part.get('/unlimited', { config: { rateLimit: false } }, async () => 'as many as you like');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
