const Hapi = require('@hapi/hapi');
const users = require('./plugins/users');
const routes = require('./routes');

const init = async () => {
  const server = Hapi.server({ port: Number(process.env.PORT) || 0, host: 'localhost' });
  server.ext('onPreHandler', (request, h) => h.continue);
  server.route({ method: 'GET', path: '/', handler: () => 'home' });
  server.route(routes);
  for (const name of ['cats', 'dogs']) {
    server.route({ method: ['GET', 'POST'], path: `/${name}/{id?}`, handler: (request) => request.params.id ?? name });
  }
  await server.register(users);
  await server.register([{ plugin: require('./plugins/orders'), routes: { prefix: '/orders' } }]);
  await server.start();
};

init();
