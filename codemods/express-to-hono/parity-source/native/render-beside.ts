import type { Context } from 'hono';
import { expressOf } from '../express-of.ts';

/** `res.render` beside Express, whose application has the engines, the settings and `app.locals`. */
export function renderBeside(c: Context, name: string, options?: object | null): Promise<Response> {
  return new Promise((resolve, reject) => {
    expressOf(c).render(name, { ...c.get('locals'), ...options }, (error: unknown, text: string) =>
      error ? reject(error) : resolve(c.html(text) as Response),
    );
  });
}
