import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { besideExpress } from '../parity-source/beside-express.ts';
import { besideExpressInWorker } from '../parity-source/beside-express-in-worker.ts';
import { expressRouting } from '../parity-source/routing.ts';
import { isTaken } from '../parity-source/taken.ts';

type Request = IncomingMessage & { body?: unknown };
type Response = ServerResponse & Record<'status' | 'json' | 'send', (value: unknown) => Response>;

/** An Express application of which two routes were taken over by a Hono application, each naming itself. */
async function made(version: 4 | 5, hono: Hono) {
  const express = (await import(`express${version}`)).default;
  const app = express();
  app.set('shown', 'by Express');
  app.use(express.json());
  app.post('/notes', (req: Request, res: Response) =>
    res.status(201).json({ express: req.body, url: req.url }),
  );
  app.get('/notes/kept', (_req: Request, res: Response) => res.send('express kept'));
  app.use((req: Request, res: Response) => res.status(404).send(`express ${req.method} ${req.url}`));
  hono.use('*', (_c, next) => next());
  hono.get('/notes/:id', (c) => c.text(`hono ${c.req.param('id')}`));
  hono.put('/notes/:id', async (c) => c.json({ hono: await c.req.json() }));
  return besideExpress(hono, app);
}

/** One exchange with the request target exactly as given. */
function ask(server: Server, line: string, headers: Record<string, string> = {}, body = '') {
  const [method, path] = line.split(' ');
  const { port } = server.address() as AddressInfo;
  return new Promise<string>((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', method, path, headers }, async (response) => {
      resolve(
        `${response.statusCode} ${response.headers['x-powered-by'] ? 'E' : 'H'} ${await text(response)}`,
      );
    });
    asked.once('error', reject).end(body);
  });
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe.each([4, 5] as const)('beside Express %i', (version) => {
  const servers: Record<'own' | 'express', Server> = {} as never;

  beforeAll(async () => {
    const apps = {
      own: await made(version, new Hono({ strict: false })),
      express: await made(version, new Hono(expressRouting({ version }))),
    };
    for (const name of ['own', 'express'] as const) servers[name] = apps[name].listen(0, '127.0.0.1');
    await Promise.all(
      Object.values(servers).map((each) => new Promise((done) => each.once('listening', done))),
    );
  });

  afterAll(() => {
    for (const server of Object.values(servers)) server.close();
  });

  it.each(['own', 'express'] as const)(
    'each request is one application’s whole (%s router)',
    async (name) => {
      const server = servers[name];
      expect(await ask(server, 'GET /notes/7?a=1')).toBe('200 H hono 7');
      expect(await ask(server, 'GET /notes/7/')).toBe('200 H hono 7');
      expect(await ask(server, 'HEAD /notes/7')).toBe('200 H ');
      expect(await ask(server, 'PUT /notes/7', JSON_TYPE, '{"a":1}')).toBe('200 H {"hono":{"a":1}}');
      expect(await ask(server, 'POST /notes?x', JSON_TYPE, '{"a":1}')).toBe(
        '201 E {"express":{"a":1},"url":"/notes?x"}',
      );
      expect(await ask(server, 'DELETE /notes/7')).toBe('404 E express DELETE /notes/7');
      expect(await ask(server, 'GET /notes/caf%C3%A9%2F1')).toBe('200 H hono café/1');
    },
  );

  it.each(['own', 'express'] as const)(
    'a preflight is Express’s, or with Express’s router goes where the request it asks for goes (%s router)',
    async (name) => {
      const preflight = (method: string) => ({ Origin: 'http://a', 'Access-Control-Request-Method': method });
      // Express's router has a list for the other one as well.
      for (const method of ['PUT', 'DELETE'])
        expect(await ask(servers[name], 'OPTIONS /notes/7', preflight(method))).toMatch(
          name === 'express' ? /^\d+ H/ : /^\d+ E/,
        );
      expect(await ask(servers[name], 'OPTIONS /notes', preflight('POST'))).toMatch(/^\d+ E/);
    },
  );

  it('OPTIONS is Express’s below a path at which both answer', async () => {
    const hono = new Hono(expressRouting({ version }));
    hono.get('/notes/:id', (c) => c.text('hono')).get('/other', (c) => c.text('hono'));
    const express = (await import(`express${version}`)).default();
    const env = { incoming: {}, outgoing: {} };
    const taken = (method: string, target: string) =>
      isTaken(hono, { method, target, env, divided: ['/notes'] });
    expect([taken('OPTIONS', '/notes/7'), taken('OPTIONS', '/Notes/7'), taken('OPTIONS', '/other')]).toEqual([
      ...[false, false, true],
    ]);
    expect([taken('GET', '/notes/7'), taken('HEAD', '/notes/7')]).toEqual([true, true]);
    expect(besideExpress(hono, express, { divided: ['/notes'] }).worlds.divided).toEqual(['/notes']);
  });

  it('Hono’s own router takes only a path that Express reads alike', async () => {
    const paths = [
      '/notes/../notes/7',
      '//notes/7',
      '/notes//7',
      '/notes/%zz',
      '/notes/%ff',
      '/%6eotes/7',
      '/Notes/7',
    ];
    for (const path of [...paths, '/notes/%2e%2e', '/notes/a\\b', '/notes/.'])
      expect([path, await ask(servers.own, `GET ${path}`)]).toEqual([path, expect.stringMatching(/^404 E/)]);
    expect(await ask(servers.own, 'OPTIONS *')).toMatch(/^\d+ E/);
    expect(await ask(servers.own, 'GET http://other.example/notes/7')).toBe('200 H hono 7');
  });

  it('Express’s router takes what Express took, and a parameter that does not decode is its 400', async () => {
    expect(await ask(servers.express, 'GET /Notes/7/')).toBe('200 H hono 7');
    expect(await ask(servers.express, 'GET /notes/..')).toMatch(/H hono \.\.$/);
    expect(await ask(servers.express, 'GET //notes/7')).toMatch(/^404 E/);
    expect(await ask(servers.express, 'GET /%6eotes/7')).toMatch(/^404 E/);
    for (const method of ['GET', 'PATCH'])
      expect(await ask(servers.express, `${method} /notes/%zz`)).toMatch(/^\d+ H/);
    expect(await ask(servers.express, 'DELETE /notes/7')).toMatch(/^404 E/);
    expect(await ask(servers.express, 'OPTIONS /notes/7')).toMatch(/^\d+ H/);
    expect(await ask(servers.express, 'OPTIONS /notes')).toMatch(/^\d+ E/);
  });

  it('is Express’s application to all that takes one', async () => {
    const app = await made(version, new Hono());
    expect([typeof app, app.get('shown')]).toEqual(['function', 'by Express']);
    const outer = (await import(`express${version}`)).default();
    outer.disable('x-powered-by');
    const server = createServer(outer.use('/below', app)).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    expect(await ask(server, 'GET /below/notes/7')).toBe('200 H hono 7');
    expect(await ask(server, 'GET /below/notes/kept')).toBe('200 H hono kept');
    expect(await ask(server, 'GET /below/none')).toBe('404 E express GET /none');
    server.close();
  });

  it('leaves upgrades to who listens for them', async () => {
    const server = createServer(await made(version, new Hono())).listen(0, '127.0.0.1');
    server.on('upgrade', (req, socket) =>
      socket.end(`HTTP/1.1 101 ok\r\n\r\n${JSON.stringify({ url: req.url })}`),
    );
    await new Promise((done) => server.once('listening', done));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('GET /notes/7 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    expect(await text(socket)).toBe('HTTP/1.1 101 ok\r\n\r\n{"url":"/notes/7"}');
    server.close();
  });

  it('decides in `fetch` on Workers, where what is Express’s comes with the host and scheme of its URL', async () => {
    const hono = new Hono<{ Bindings: { name: string } }>();
    hono.get('/who', (c) => c.text(`hono ${c.env.name}`));
    const express = (await import(`express${version}`)).default();
    express.set('trust proxy', true);
    express.use((req: Request & Record<'hostname' | 'protocol', string>, res: Response) =>
      res.json([req.method, req.url, req.protocol, req.hostname]),
    );
    const ports = new Set<number>();
    // In the place of `cloudflare:node`: the same request, sent to the port.
    const send = async (port: number, { method, url, headers }: globalThis.Request) => {
      ports.add(port);
      const { pathname, search } = new URL(url);
      const given = Object.fromEntries(headers);
      return new Promise<globalThis.Response>((resolve) => {
        const options = {
          port,
          host: '127.0.0.1',
          method,
          path: pathname + search,
          headers: given,
          agent: false,
        };
        request(options, async (response) => resolve(new globalThis.Response(await text(response)))).end();
      });
    };
    const worker = besideExpressInWorker(besideExpress(hono, express), send);
    const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
    const asked = async (url: string, init?: RequestInit) =>
      (await worker.fetch(new globalThis.Request(url, init), { name: 'binding' }, context)).text();
    expect(await asked('https://shop.example/who')).toBe('hono binding');
    expect(await asked('https://shop.example/other?a=1')).toBe('["GET","/other?a=1","https","shop.example"]');
    const headers = { Host: 'front.example', 'X-Forwarded-Proto': 'http' };
    expect(await asked('https://shop.example/who', { method: 'POST', headers })).toBe(
      '["POST","/who","http","front.example"]',
    );
    expect(ports.size).toBe(1);
  });
});
