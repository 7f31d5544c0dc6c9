import { expect, it } from 'vitest';
import { project } from '../testing/project.ts';
import { collectInventory } from './index.ts';

const SERVER =
  "import makeServer from '@own/engine';\nimport router from './router.js';\nconst server = await makeServer();\nawait server.register(router);\nawait server.start();\n";
const ROUTER =
  "import { some } from '@own/engine/some';\nimport one from './one.js';\nimport two from './two.js';\nconst routes = [...one, ...two];\nexport default { name: 'router', register: (server) => { server.route(some(routes)); } };\n";
const list = (name: string, from: number, to: number) =>
  `export default [${Array.from({ length: to - from }, (_, at) => `{ method: 'GET', path: '/${name}/${at + from}', options: { handler: () => 'x' } }`).join(', ')}];\n`;

async function routesOf(files: Record<string, string>): Promise<string[]> {
  const root = project({
    'package.json': JSON.stringify({
      ...{ name: 'a', type: 'module', main: 'server.js' },
      dependencies: { '@own/engine': '1' },
    }),
    ...files,
  });
  const { routes } = await collectInventory(root);
  return routes.map(({ method, path }) => `${method} ${path}`);
}

it('routes of a plugin of hapi are read where a package made the server, and chose from a list of any length', async () => {
  const files = { 'server.js': SERVER, 'router.js': ROUTER, 'two.js': list('b', 0, 50) };
  const found = await routesOf({ ...files, 'one.js': list('a', 0, 50) });
  expect(found).toHaveLength(100);
  expect(new Set(found).size).toBe(100);
  expect(found).toContain('GET /a/49');
  expect(found).toContain('GET /b/49');
});

it('what else is registered on what a package made is no plugin', async () => {
  const files = { 'one.js': list('a', 0, 1), 'two.js': list('b', 0, 1), 'server.js': SERVER };
  const registers = 'register: (server) => { server.route(some(routes)); }';
  expect(await routesOf({ ...files, 'router.js': ROUTER })).toHaveLength(2);
  const nameless = ROUTER.replace(`name: 'router', ${registers}`, registers);
  expect(await routesOf({ ...files, 'router.js': nameless })).toEqual([]);
  // A program that makes a server itself hands no plugins of hapi to others.
  expect(await routesOf({ ...files, 'router.js': ROUTER, 'app.js': "import 'koa';\n" })).toEqual([]);
});

it('routes are read where handlers load more files than are followed', async () => {
  const names = Array.from({ length: 450 }, (_, at) => `c${at}`);
  const one = `${names.map((name) => `import ${name} from './${name}.js';`).join('\n')}\nexport default [{ method: 'GET', path: '/one', handler: c0 }];\n`;
  const files = Object.fromEntries(names.map((name) => [`${name}.js`, 'export default () => 1;\n']));
  expect(
    await routesOf({
      ...files,
      'server.js': SERVER,
      'router.js': ROUTER,
      'one.js': one,
      'two.js': list('b', 0, 1),
    }),
  ).toEqual(['GET /one', 'GET /b/0']);
});
