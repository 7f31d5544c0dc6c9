import type { Context } from 'hono';
import { expressOf } from './express-of.ts';
import { locals } from './locals.ts';
import { send } from './send.ts';

/** `res.render` beside Express, whose application has the engines, the settings and `app.locals`. */
export function renderBeside(c: Context, name: string, options?: object | null): Promise<Response> {
  return new Promise((resolve, reject) => {
    const known = Object.assign(options ?? {}, { _locals: locals(c) });
    expressOf(c).render(name, known, (error: unknown, text: unknown) =>
      error ? reject(error) : resolve(send(c, text)),
    );
  });
}
