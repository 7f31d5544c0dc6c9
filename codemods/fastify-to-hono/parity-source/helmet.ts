// Helmet on Hono's context: it sets headers and asks nothing of a request.
import helmet from 'helmet';
import type { App, AppContext, Loose } from './types.ts';

/** Sets helmet's headers on every answer. */
export function secured(app: App, options: Loose, done: () => void): void {
  const { prefix: _, ...own } = options;
  const protect: Loose = helmet(own);
  app.addHook('onRequest', (c: AppContext) => {
    const response = {
      setHeader: (name: string, value: Loose) => c.header(name, String(value)),
      removeHeader: (name: string) => c.header(name, undefined),
    };
    protect({ headers: {} }, response, (error?: Error) => {
      if (error) throw error;
    });
  });
  done();
}
Object.assign(secured, { [Symbol.for('skip-override')]: true });
