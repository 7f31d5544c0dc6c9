/*
shape: '@fastify/autoload'
packages: ['@fastify/autoload', fastify-plugin]
requests:
  - GET /
  - GET /notes
  - GET /notes/
  - GET /notes/7/text
  - GET /nowhere
*/
const path = require('node:path');
const autoload = require('@fastify/autoload');
const app = require('fastify')();

app.register(autoload, { dir: path.join(__dirname, 'plugins') });
app.register(autoload, { dir: path.join(__dirname, 'routes'), routeParams: true });

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
