/*
member: request.params
requests:
  - GET /users/7
  - GET /users/a%20b
  - GET /users/a%2Fb
  - GET /users/%E4%BD%A0
  - GET /users/%zz
  - GET /users/
  - GET /users
  - GET /users/me
  - GET /users/7/posts/9
  - GET /users/7/posts/x
  - GET /files/a/b.txt
  - GET /files/
  - GET /files
  - GET /maybe
  - GET /maybe/1
*/
const fastify = require('fastify')();

fastify.get('/users/:id', async (request) => ({ id: request.params.id }));
fastify.get('/users/me', async () => 'me');
fastify.get('/users/:id/posts/:post(^\\d+$)', async (request) => {
  const { id, post } = request.params;
  return { id, post };
});
fastify.get('/files/*', async (request) => request.params['*']);
fastify.get('/maybe/:x?', async ({ params }) => params);

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
