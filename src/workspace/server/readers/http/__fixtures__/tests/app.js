import { createServer } from 'node:http';
import { notes } from './notes.js';

const send = (res, status, body) => {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
};

const server = createServer(async (req, res) => {
  const { pathname } = new URL(req.url ?? '/', 'http://localhost');
  if (req.method === 'GET' && pathname === '/') return send(res, 200, { home: true });
  if (pathname === '/health' || pathname === '/ready') {
    send(res, 200, { ok: true });
    return;
  }
  if (pathname.startsWith('/files/')) return send(res, 200, { file: pathname.slice(7) });
  const user = pathname.match(/^\/users\/(\d+)$/);
  if (user && req.method === 'DELETE') return send(res, 200, { gone: user[1] });
  if (pathname === '/orders') {
    if (req.method === 'GET') return send(res, 200, []);
    else if (req.method === 'POST') return send(res, 201, {});
    return send(res, 405, { error: 'method' });
  }
  switch (pathname) {
    case '/a':
    case '/b':
      return send(res, 200, { letter: pathname });
    case '/c': {
      if (req.method !== 'PUT') return send(res, 405, {});
      return send(res, 200, {});
    }
    default:
  }
  if (await notes(req, res)) return;
  send(res, 404, { error: 'not found' });
});

server.listen(Number(process.env.PORT) || 0);
