import type { NotFoundHandler } from 'hono';
import type { Env } from '../env.ts';
import { NotFoundError } from '../http/errors.ts';

export const notFound: NotFoundHandler<Env> = (c) => {
  throw new NotFoundError(`${c.req.method} ${new URL(c.req.url).pathname}`);
};
