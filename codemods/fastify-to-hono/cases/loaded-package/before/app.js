const path = require('node:path');
const fastify = require('fastify')();

fastify.register(require('@fastify/autoload'), { dir: path.join(__dirname, 'plugins') });
fastify.get('/', async () => 'ok');

fastify.listen({ port: 3000 });
