import { subject } from '../contract.ts';
import { event, otherwise, read, same } from '../inside/seen.ts';

type Http = typeof import('node:http');
type Answer = import('node:http').IncomingMessage;

export default subject<Http>('http', {
  createServer: async ({ createServer }, { ask }) => {
    const server = createServer((request, response) => response.end(`own ${request.method} ${request.url}`));
    server.listen(0, '127.0.0.1');
    await event(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const text = await ask(port);
    server.close();
    const isPlatform =
      (Reflect.get(globalThis, 'navigator') as { userAgent?: string } | undefined)?.userAgent ===
      'Cloudflare-Workers';
    return isPlatform && text === 'own GET /own'
      ? otherwise('it opens no port; the platform hands it requests by httpServerHandler of cloudflare:node')
      : same(text, 'own GET /own');
  },
  get: async ({ get }, { origin }) => {
    const [answer] = (await event(get(`${origin}/got`), 'response')) as [Answer];
    return same([answer.statusCode, await read(answer)], [200, 'answered GET /got']);
  },
  request: async ({ request }, { origin }) => {
    const own = request(`${origin}/sent`, { method: 'POST', headers: { 'x-own': '1' } });
    const response = event(own, 'response') as Promise<[Answer]>;
    own.end('body');
    const [answer] = await response;
    return same(await read(answer), 'answered POST /sent');
  },
  Agent: async ({ Agent, get }, { origin }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const path of ['/1', '/2']) {
      const [answer] = (await event(get(`${origin}${path}`, { agent }), 'response')) as [Answer];
      await read(answer);
    }
    const text = 'requests were made through it';
    agent.destroy();
    return same(text, 'requests were made through it');
  },
  'Agent createConnection': async ({ Agent, get }, { origin }) => {
    const { connect } = await import('node:net');
    let used = 0;
    const agent = new Agent();
    Reflect.set(agent, 'createConnection', (options: { port: number; host: string }) => {
      used++;
      return connect(options.port, options.host);
    });
    const [answer] = (await event(get(`${origin}/agent`, { agent }), 'response')) as [Answer];
    await read(answer);
    return used > 0 ? undefined : otherwise('its createConnection is not called');
  },
  METHODS: ({ METHODS }) => same(METHODS.includes('PATCH'), true),
  STATUS_CODES: ({ STATUS_CODES }) => same(STATUS_CODES[418], "I'm a Teapot"),
  validateHeaderName: ({ validateHeaderName }) => {
    try {
      validateHeaderName('a b');
      return otherwise('a name with a space is accepted');
    } catch (error) {
      return same((error as { code?: string }).code, 'ERR_INVALID_HTTP_TOKEN');
    }
  },
});
