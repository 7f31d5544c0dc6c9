import { type Context, Hono } from 'hono';
import type express from 'express';
import { expressjwt } from 'express-jwt';
import type { AppEnv } from './app-env.js';
import { bridge, conditionalGet, errorPage, nestedQuery } from './express-parity.js';

const tokenOf = (req: express.Request): string | undefined => req.headers.authorization?.split(' ')[1];

const app = new Hono<AppEnv>({ strict: false });
app.use(conditionalGet());
app.onError(errorPage);
app.use(bridge(expressjwt({ secret: 's', algorithms: ['HS256'], getToken: tokenOf })));
app.get('/me', (c: Context<AppEnv>) => {
  return c.json({ me: nestedQuery(c).name });
});

export default app;
