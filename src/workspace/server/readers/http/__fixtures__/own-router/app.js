const { createServer } = require('node:http');
const { table } = require('./handlers.js');
const routers = require('./notes.js');

const isLike = (pattern, path) => {
  const [asked, given] = [pattern, path].map((text) => text.split('/').filter(Boolean));
  return asked.length === given.length && asked.every((part, at) => part.startsWith(':') || part === given[at]);
};

createServer((request, response) => {
  const entries = routers.flatMap((router) => router.entries);
  const found = entries.find(({ method, path }) => method === request.method && isLike(path, request.url));
  const handler = found?.handler ?? table[request.method]?.[request.url];
  if (handler) return handler(request, response);
  response.statusCode = 404;
  response.end('nothing');
}).listen(process.env.PORT);
