/*
shape: compilers of schemas
requests:
  - POST: /
    json: { name: ann }
  - POST: /
    json: { name: 1 }
*/
const fastify = require('fastify')();

fastify.setValidatorCompiler(({ schema }) => (data) => {
  const wrong = Object.keys(schema).find((name) => typeof data?.[name] !== schema[name]);
  return wrong === undefined ? { value: { ...data, checked: true } } : { error: new Error(`${wrong} is wrong`) };
});
fastify.setSerializerCompiler(({ schema }) => (data) => JSON.stringify({ data, as: schema.as }));
fastify.post('/', { schema: { body: { name: 'string' }, response: { 200: { as: 'whole' } } } }, async (request) => request.body);

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
