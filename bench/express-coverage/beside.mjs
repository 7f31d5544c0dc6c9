// Puts a Hono application with one route beside every Express application that is given a server in this process. Loaded
// before the applications, whose own files stay as they are: whatever makes a server, it comes to listen for requests.
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import { besideExpress } from './express-parity.mjs';

const hono = new Hono();
hono.get('/beside-express/:name', (c) => c.text(`hono ${c.req.param('name')}`));

const isExpress = (value) => typeof value === 'function' && ['handle', 'set'].every((name) => name in value);
const { Server } = createRequire(import.meta.url)('node:http');
for (const name of ['on', 'addListener']) {
  const listen = Server.prototype[name];
  Server.prototype[name] = function (event, listener) {
    const isOne = event === 'request' && isExpress(listener);
    return listen.call(this, event, isOne ? besideExpress(hono, listener) : listener);
  };
}
