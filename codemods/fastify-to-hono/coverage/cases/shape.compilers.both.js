/*
shape: compilers of schemas
requests:
  - POST: /
    json: { name: ann }
  - POST: /
    json: { name: 1 }
*/
const app = require('fastify')();

app.setValidatorCompiler(({ schema }) => (data) => {
  const wrong = Object.keys(schema).find((name) => typeof data?.[name] !== schema[name]);
  return wrong === undefined ? { value: { ...data, checked: true } } : { error: new Error(`${wrong} is wrong`) };
});
app.setSerializerCompiler(({ schema }) => (data) => JSON.stringify({ data, as: schema.as }));
app.post('/', { schema: { body: { name: 'string' }, response: { 200: { as: 'whole' } } } }, async (request) => request.body);

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
