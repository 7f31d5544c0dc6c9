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
const app = require('fastify')();

app.get('/users/:id', async (request) => ({ id: request.params.id }));
app.get('/users/me', async () => 'me');
app.get('/users/:id/posts/:post(^\\d+$)', async (request) => {
  const { id, post } = request.params;
  return { id, post };
});
app.get('/files/*', async (request) => request.params['*']);
app.get('/maybe/:x?', async ({ params }) => params);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
