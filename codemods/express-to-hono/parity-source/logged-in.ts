import type { MiddlewareHandler } from 'hono';
import { bridged } from './bridge.ts';

/** Where who is not let in is sent, and whether the session keeps what was asked for. */
type LoginOptions = string | { redirectTo?: string; setReturnTo?: boolean };

const optionsOf = (given: LoginOptions) => (typeof given === 'string' ? { redirectTo: given } : given);

/** Lets in who is logged in by passport; anybody else is sent to log in, and comes back after it. */
export function ensureLoggedIn(given: LoginOptions = {}): MiddlewareHandler {
  const { redirectTo, setReturnTo = true } = optionsOf(given);
  return async function ensureLoggedIn(c, next) {
    const request = bridged(c);
    if (request.isAuthenticated?.()) return next();
    if (setReturnTo && request.session) request.session.returnTo = request.url;
    return c.redirect(redirectTo || '/login');
  };
}

/** Lets in who is not logged in by passport. */
export function ensureLoggedOut(given: LoginOptions = {}): MiddlewareHandler {
  const { redirectTo } = optionsOf(given);
  return async function ensureLoggedOut(c, next) {
    if (!bridged(c).isAuthenticated?.()) return next();
    return c.redirect(redirectTo || '/');
  };
}
