import type { MiddlewareHandler } from 'hono';
import type { Env } from '../env.ts';
import { ForbiddenError, UnauthorizedError } from '../http/errors.ts';
import type { Role, Sessions } from '../store/sessions.ts';

/** Sets `user` for requests that carry a valid token. */
export function authentication(sessions: Sessions): MiddlewareHandler<Env> {
  return async function authentication(c, next) {
    const token = /^Bearer (.+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    c.set('user', token ? sessions.find(token) : undefined);
    await next();
  };
}

/** Lets only signed-in users through; with roles, only users who have one of them. */
export function requireUser(...roles: Role[]): MiddlewareHandler<Env> {
  return async function requireUser(c, next) {
    const user = c.get('user');
    if (!user) {
      c.header('WWW-Authenticate', 'Bearer');
      throw new UnauthorizedError();
    }
    if (roles.length > 0 && !roles.includes(user.role)) throw new ForbiddenError();
    await next();
  };
}
