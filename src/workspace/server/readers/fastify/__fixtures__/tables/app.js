import { fastify } from 'fastify';
import { resources, routes } from './routes.js';
import { Shop } from './shop.js';

const build = (options = {}) => {
  const app = fastify(options);
  routes.forEach((route) => {
    app.route(route);
  });
  for (const [name, handler] of Object.entries(resources)) {
    app.get(`/${name}`, handler);
    app.get(`/${name}/:id`, handler);
  }
  app.register(import('./later.js'), { prefix: '/later' });
  new Shop(app).mount('/shop');
  app.setErrorHandler((error, request, reply) => {
    reply.code(500).send({ error: error.message });
  });
  app.setNotFoundHandler((request, reply) => reply.code(404).send('nothing here'));
  return app;
};

const app = build();
try {
  await app.listen({ port: Number(process.env.PORT) || 0 });
} catch (error) {
  app.log.error(error);
  process.exit(1);
}
