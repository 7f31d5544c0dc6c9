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
const fastify = require('fastify')();

fastify.register(autoload, { dir: path.join(__dirname, 'plugins') });
fastify.register(autoload, { dir: path.join(__dirname, 'routes'), routeParams: true });

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
