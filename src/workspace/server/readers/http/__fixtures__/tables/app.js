const http = require('http');
const url = require('url');
const handlers = require('./handlers');

const routes = {
  '/ping': (req, res) => res.end('pong'),
  '/time': handlers.time,
};
const byMethod = {
  GET: { '/cars': handlers.list, '/vans': handlers.list },
  POST: { '/cars': handlers.make },
};

const server = http.createServer();
server.on('request', (req, res) => {
  const parsed = url.parse(req.url, true);
  const path = parsed.pathname.replace(/\/+$/, '') || '/';
  const handler = routes[path];
  if (handler) return handler(req, res);
  const method = req.method.toUpperCase();
  const table = byMethod[method] && byMethod[method][path];
  if (table) return table(req, res);
  res.statusCode = 404;
  res.end('nothing');
});
server.listen(Number(process.env.PORT) || 0);
