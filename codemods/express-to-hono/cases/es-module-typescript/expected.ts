import { type Context, Hono, type Next } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AppEnv } from './app-env.js';
import { conditionalGet } from './express-parity.js';

const router = new Hono<AppEnv>();

export async function timed(c: Context<AppEnv>, next: Next): Promise<Response | void> {
  c.set('start', Date.now());
  await next();
}

router.get('/:id', timed, async (c: Context<AppEnv>): Promise<Response> => {
  const id: string = c.req.param('id') as string;
  return c.json({ id, start: c.get('start') }, id.length as ContentfulStatusCode);
});

export const app = new Hono<AppEnv>({ strict: false });
app.use(conditionalGet());
app.route('/things', router);
