import type { Context } from 'hono';
import type { AppEnv } from './app-env';

export function list(c: Context<AppEnv>) {
  return c.json([]);
}
