/*
package: '@fastify/swagger'
packages: ['@fastify/swagger', '@fastify/swagger-ui']
requests:
  - GET /docs/json
  - GET /docs/yaml
  - GET /notes/1
*/
const fastify = require('fastify')();

fastify.register(require('@fastify/swagger'), { openapi: { info: { title: 'Notes', version: '1.0.0' } } });
fastify.register(require('@fastify/swagger-ui'), { routePrefix: '/docs' });
fastify.register(
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

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
