import { Hono } from 'hono';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Env } from '../../env.ts';
import { HttpError } from '../../http/errors.ts';
import { requireUser } from '../../middleware/authentication.ts';
import { validBody } from '../../middleware/validate.ts';

const credentials = z.object({ email: z.email(), password: z.string().min(1) });

export function sessionsRoutes({ sessions }: Pick<Deps, 'sessions'>): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post('/', (c) => {
    const { email, password } = validBody(c, credentials);
    const session = sessions.open(email, password);
    if (!session) throw new HttpError(401, 'wrong_credentials', 'wrong e-mail or password');
    return c.json(session, 201, { Location: '/sessions/current' });
  });

  routes.use('/current', requireUser());
  routes.get('/current', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(c.get('user'));
  });
  routes.delete('/current', (c) => {
    sessions.close(c.req.header('Authorization')?.slice('Bearer '.length) ?? '');
    return c.body(null, 204);
  });

  return routes;
}
