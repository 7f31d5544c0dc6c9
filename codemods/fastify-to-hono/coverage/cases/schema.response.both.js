/*
shape: schemas of answers
requests:
  - GET /user
  - GET /user?fail=1
  - GET /user?missing=1
  - GET /other
  - GET /wrong
  - GET /loose
  - GET /unfit
*/
const app = require('fastify')();

const user = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } };
const response = {
  200: user,
  '4xx': { type: 'object', properties: { error: { type: 'string' } } },
};

app.get('/user', { schema: { response } }, async (request, reply) => {
  if (request.query.fail) return reply.code(400).send({ error: 'no', secret: 1 });
  if (request.query.missing) throw Object.assign(new Error('gone'), { statusCode: 404 });
  return { id: '7', name: 12, password: 'x' };
});
app.get('/other', { schema: { response: { 201: user } } }, async () => ({ id: 1, other: true }));
app.get('/wrong', { schema: { response: { 200: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } } } }, async () => ({}));

const loose = { type: 'object', additionalProperties: true };
app.get('/loose', { schema: { response: { 400: loose } } }, async () => {
  throw Object.assign(new Error('loose'), { statusCode: 400, detail: 'shown' });
});
const unfit = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
app.get('/unfit', { schema: { response: { 409: unfit } } }, async () => {
  throw Object.assign(new Error('unfit'), { statusCode: 409 });
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
