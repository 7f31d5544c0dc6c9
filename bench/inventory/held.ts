import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RoutedApplication } from './applications.ts';
import { invokedRoutes } from './lambda.ts';
import { builtRoutes } from './next.ts';
import { type Held, heldRoutes } from './run.ts';

/** What is needed to ask an application. */
export interface Asking {
  probe: string;
  /** The program of a runtime, fetched where it is not there. */
  programOf(spec: string): Promise<string>;
  /** A folder where Serverless is installed. */
  serverless(): Promise<string>;
}

/**
 * The routes that an installed application holds once it has started: by its framework's hooks and routers, by its own
 * list, or, of Next, by what its build serves.
 */
export async function heldOf(app: RoutedApplication, folder: string, asking: Asking): Promise<Held> {
  if (app.framework === 'next') return builtRoutes(folder, app.env);
  const env = { ...app.env, ...(app.standIns.length > 0 && { STAND_INS: app.standIns.join(',') }) };
  if (app.framework === 'aws-lambda')
    return invokedRoutes(folder, await asking.serverless(), asking.probe, env);
  if (app.make !== undefined) writeFileSync(join(folder, MADE), app.make);
  const entry = app.make !== undefined ? MADE : app.plugin ? started(folder, app.entry) : app.entry;
  const program = app.runtime === undefined ? process.execPath : await asking.programOf(app.runtime);
  const way =
    app.listed || app.make !== undefined ? 'listed' : app.framework === 'elysia' ? 'bun' : 'started';
  return heldRoutes({ folder, entry, probe: asking.probe, env, way, program });
}

const MADE = 'made-entry.mts';

/** A file that registers a plugin on an application and starts it, as Fastify's own command does. */
function started(folder: string, plugin: string): string {
  const { type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  writeFileSync(
    join(folder, 'started.mjs'),
    [
      "import Fastify from 'fastify';",
      type === 'module'
        ? `import plugin from './${plugin}';`
        : `import { createRequire } from 'node:module';\nconst plugin = createRequire(import.meta.url)('./${plugin}');`,
      'const app = Fastify({ pluginTimeout: 0 });',
      'app.register(plugin);',
      'await app.listen({ port: 0 });',
      '',
    ].join('\n'),
  );
  return 'started.mjs';
}
