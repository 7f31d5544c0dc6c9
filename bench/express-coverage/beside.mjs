// Puts a Hono application with one route beside every Express application that is given a server in this process. Loaded
// before the applications, whose own files stay as they are: Express makes its server with the same `createServer`.
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import { besideExpress } from './express-parity.mjs';

const hono = new Hono();
hono.get('/beside-express/:name', (c) => c.text(`hono ${c.req.param('name')}`));

const isExpress = (value) => typeof value === 'function' && ['handle', 'set'].every((name) => name in value);
const http = createRequire(import.meta.url)('node:http');
const { createServer } = http;
http.createServer = (...args) =>
  createServer(...args.map((each) => (isExpress(each) ? besideExpress(hono, each) : each)));
