/*
package: '@fastify/swagger'
packages: ['@fastify/swagger', '@fastify/swagger-ui']
requests:
  - GET /docs/json
  - GET /docs/yaml
  - GET /notes/1
*/
const app = require('fastify')();

app.register(require('@fastify/swagger'), { openapi: { info: { title: 'Notes', version: '1.0.0' } } });
app.register(require('@fastify/swagger-ui'), { routePrefix: '/docs' });
app.register(
  async (notes) => {
    notes.addSchema({ $id: 'note', type: 'object', properties: { id: { type: 'integer' } } });
    notes.get(
      '/:id',
      {
        schema: {
          tags: ['notes'],
          params: { type: 'object', properties: { id: { type: 'integer' } } },
          response: { 200: { $ref: 'note#' } },
        },
      },
      async (request) => ({ id: request.params.id, more: true }),
    );
    notes.get('/', { schema: { tags: ['notes'] } }, async () => []);
  },
  { prefix: '/notes' },
);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
