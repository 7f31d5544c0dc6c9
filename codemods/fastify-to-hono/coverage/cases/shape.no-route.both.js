/*
shape: no route for a path that cannot be read, for an empty parameter, for a type that was set; a redirect with 200
requests:
  - GET /%zz
  - OPTIONS /%zz
  - PATCH /%zz
  - GET /items/
  - GET /items/1/
  - GET /items/1//
  - GET /rest/
  - GET /rest/a/
  - GET /typed
  - GET /away
  - GET /moved
  - GET /nope/
*/
const app = require('fastify')({ ignoreTrailingSlash: true });

app.get('/items/:id', async (request) => ({ id: request.params.id }));
app.get('/rest/*', async (request) => ({ rest: request.params['*'] }));
app.get('/typed', (request, reply) => {
  reply.type('text/html');
  reply.callNotFound();
});
app.get('/away', async (request, reply) => {
  reply.code(200);
  return reply.redirect('/there');
});
app.get('/moved', async (request, reply) => reply.redirect('/there'));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
