/*
shape: parsers of bodies
requests:
  - POST: /
    body: 'a;b'
    type: text/csv
  - POST: /
    body: '{"x":1}'
    type: application/json
  - POST: /
    body: '{"x":'
    type: application/json
  - POST: /
    body: '<a/>'
    type: text/xml
*/
const app = require('fastify')();

app.addContentTypeParser('text/csv', { parseAs: 'string' }, async (request, body) => body.split(';'));
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
  try {
    const value = JSON.parse(body.toString());
    done(null, { raw: body.length, value });
  } catch (error) {
    error.statusCode = 400;
    error.message = 'that is no JSON';
    done(error, undefined);
  }
});
app.post('/', async (request) => ({ got: request.body }));

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
