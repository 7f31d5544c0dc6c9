import { serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import routes from './routes.mjs';
import { toOrigin, upgradeToOrigin } from './to-origin.mjs';

const { EDGE, HOST = '0.0.0.0', PORT = '8080' } = process.env;
const app = new Hono();

async function origin({ env }) {
  await toOrigin(env.incoming, env.outgoing);
  return RESPONSE_ALREADY_SENT;
}

app.use((c, next) => (EDGE === 'off' ? origin(c) : next()));

const paths = ['/countries/:code'];
// What fails or is not answered here is the origin's.
routes.onError((error) => {
  throw error;
});
routes.notFound((c) => {
  throw new Error(`${c.req.path} is not answered here`);
});
for (const path of paths) app.get(path, atEdge);

app.all('*', origin);

const server = serve({ fetch: app.fetch, hostname: HOST, port: Number(PORT) });
server.on('upgrade', upgradeToOrigin);

async function atEdge(c) {
  const { headers } = c.env.incoming;
  // Express decodes paths in its own way, and a body could be sent once only.
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (new URL(c.req.url).pathname.includes('%') || hasBody) return origin(c);
  try {
    return await routes.fetch(c.req.raw, c.env);
  } catch {
    return origin(c);
  }
}
