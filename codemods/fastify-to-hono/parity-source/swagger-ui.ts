// The page that shows the application's interface, and the interface as JSON and YAML.
import { swaggerUI } from '@hono/swagger-ui';
import type { App, Loose } from './types.ts';

export function swaggerPage(app: App, { routePrefix = '/documentation' }: Loose, done: () => void): void {
  const schema = { hide: true };
  const page = swaggerUI({ url: `${app.prefix}${routePrefix}/json` }) as Loose;
  app.register(
    (part: App, _options: Loose, ready: () => void) => {
      part.get('/', { schema }, (c) => page(c));
      part.get('/json', { schema }, (c) => c.json(part.swagger()));
      part.get('/yaml', { schema }, (c) => {
        c.header('Content-Type', 'application/x-yaml');
        return c.body(part.swagger({ yaml: true }));
      });
      ready();
    },
    { prefix: routePrefix },
  );
  done();
}
Object.assign(swaggerPage, { [Symbol.for('skip-override')]: true });
