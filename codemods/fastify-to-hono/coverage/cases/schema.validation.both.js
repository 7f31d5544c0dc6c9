/*
shape: schemas of requests
requests:
  - GET /items/7?limit=5&tags=a&tags=b
  - GET /items/7?limit=x
  - GET /items/x
  - GET /items/7
  - GET /items/7?tags=one&other=1
  - POST: /items
    json: { title: a, count: '3', extra: true }
  - POST: /items
    json: { count: 1 }
  - POST: /items
    json: { title: [1] }
  - POST /items
  - GET: /guarded
    headers: { x-key: '12' }
  - GET /guarded
*/
const app = require('fastify')();

app.addSchema({ $id: 'title', type: 'string', minLength: 1 });
app.get(
  '/items/:id',
  {
    schema: {
      params: { type: 'object', properties: { id: { type: 'integer' } } },
      querystring: {
        type: 'object',
        properties: {
          limit: { type: 'integer', default: 10 },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
  async (request) => ({ id: request.params.id, query: request.query }),
);
app.post(
  '/items',
  {
    schema: {
      body: {
        type: 'object',
        required: ['title'],
        additionalProperties: false,
        properties: { title: { $ref: 'title#' }, count: { type: 'integer', default: 1 } },
      },
    },
  },
  async (request, reply) => {
    reply.code(201);
    return request.body;
  },
);
app.get(
  '/guarded',
  { schema: { headers: { type: 'object', required: ['X-Key'], properties: { 'X-Key': { type: 'integer' } } } } },
  async (request) => ({ key: request.headers['x-key'] }),
);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
