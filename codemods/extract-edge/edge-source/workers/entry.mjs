import { Hono } from 'hono';
// routes
import routes from './routes.mjs';
// end
import { toOrigin } from './to-origin.mjs';

const app = new Hono();
const origin = (c) => toOrigin(c.req.raw, c.env);

app.use((c, next) => (c.env.EDGE === 'off' ? origin(c) : next()));

// routes
const paths = [];
// What fails or is not answered here is the origin's.
routes.onError((error) => {
  throw error;
});
routes.notFound((c) => {
  throw new Error(`${c.req.path} is not answered here`);
});
for (const path of paths) app.get(path, atEdge);

// end
app.all('*', origin);

export default app;
// routes

async function atEdge(c) {
  // Express decodes paths in its own way, and a body could be sent once only.
  if (new URL(c.req.url).pathname.includes('%') || c.req.raw.body !== null) return origin(c);
  try {
    return await routes.fetch(c.req.raw, c.env, c.executionCtx);
  } catch {
    return origin(c);
  }
}
// end
