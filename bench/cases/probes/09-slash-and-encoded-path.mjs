import http from 'node:http';
import net from 'node:net';

/** Paths that routers, proxies and URL parsers read in different ways. */
const PATHS = [
  ...['/hello', '/hello/', '/hello//', '/HELLO', '//hello', '/hello%00', '/hello?', '/hello%3Fx'],
  ...['/users/static', '/users/%73tatic', '/users/%73tatic/', '/users/a%2Fb', '/users/a%2Fposts'],
  ...['/users/hono%2Fposts', '/users/https%3A%2F%2Fx.test%2F1', '/users/%2525', '/users/%25', '/users/100%'],
  ...[
    '/users/%E4',
    '/users/%C3%A4',
    '/users/a+b',
    '/users/a%20b/',
    '/users/a;v=1',
    '/users/',
    '/users//posts',
  ],
  ...['/users/x/posts/', '/users/./x', '/users/../hello', '/users/%2e%2e/hello'],
  ...['/ver/1.20', '/ver/1.x', '/ver/1%2E20', '/opt', '/opt/', '/opt/1', '/opt/1/2', '/opt//2'],
  ...['/pair/a-b-c', '/pair/a%2Db', '/gr%C3%BC%C3%9Fe', '/a%20b', '/files', '/files/', '/files?x'],
  ...['/files/r%C3%A9sum%C3%A9.pdf', '/files/d/e/f', '/files/d/', '/files/d/e%2Ff', '/files/d//e'],
  ...['/Files/X', '/files%2Fx'],
];
/** Targets that a client library would not send. */
const TARGETS = [
  ...[
    '/grüße',
    '/users/ä',
    'http://x.test/hello',
    '*',
    '/hello#frag',
    '/users/a|b',
    '/users/a"b',
    '/users/a\\b',
  ],
];

const asked = (port, path) =>
  new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const fields = ['content-type', 'location'].filter((name) => answer.headers[name] !== undefined);
        const shown = fields.map((name) => `${name}=${answer.headers[name]}`).join(' | ');
        resolve(`${answer.statusCode} ${shown} · ${Buffer.concat(parts)}`);
      });
    });
    request.on('error', ({ code }) => resolve(`ERR ${code}`));
  });

/** Of an answer as it came: its status and its body, out of its chunks. Names of headers have no case. */
const sent = (port, target) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const parts = [];
    socket.on('data', (part) => parts.push(part));
    socket.on('error', ({ code }) => resolve(`ERR ${code}`));
    socket.on('end', () => {
      const [head, body = ''] = Buffer.concat(parts).toString().split('\r\n\r\n', 2);
      const chunked = /^transfer-encoding: chunked$/im.test(head);
      resolve(`${head.split(' ')[1]}  · ${chunked ? body.split('\r\n')[1] : body}`);
    });
    socket.write(Buffer.from(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`));
  });

export default async (port) => {
  const seen = {};
  for (const path of PATHS) seen[path] = await asked(port, path);
  for (const target of TARGETS) seen[`raw ${target}`] = await sent(port, target);
  return seen;
};
