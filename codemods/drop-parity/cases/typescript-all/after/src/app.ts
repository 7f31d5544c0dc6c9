import { type Context, Hono } from 'hono';
import type { AppEnv } from './app-env.js';
import { expressRouting } from './express-parity.js';

export const app = new Hono<AppEnv>(expressRouting());

app.get('/', (c: Context<AppEnv>) => {
  return c.redirect('/notes', 303);
});
app.get('/notes', (c: Context<AppEnv>) => {
  return c.json([]);
});
