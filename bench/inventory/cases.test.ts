import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectInventory } from '../../src/inventory/index.ts';
import { compile } from '../../src/shadow/traffic/routes.ts';
import type { ServerProgram } from '../../src/workspace/server/model.ts';
import { readServers } from '../../src/workspace/server/read.ts';
import type { Reader } from '../../src/workspace/server/reader.ts';
import { READERS } from '../../src/workspace/server/readers/index.ts';
import { loadModules } from '../../src/workspace/syntax/modules.ts';
import type { Answered } from './answers.ts';
import { folders, type Truth } from './cases.ts';
import { compareRoutes } from './compare.ts';

const readers = new URL('../../src/workspace/server/readers/', import.meta.url).pathname;
const fixtures = (framework: string): string => join(readers, framework, '__fixtures__');
const truthOf = (framework: string) =>
  JSON.parse(readFileSync(join(fixtures(framework), 'truth.json'), 'utf8'));

async function read(folder: string, use?: readonly Reader[]): Promise<ServerProgram> {
  const paths = readdirSync(folder, { recursive: true }).map(String);
  return readServers(
    await loadModules({
      root: folder,
      paths: paths.filter((path) => /\.\w+$/.test(path)),
      read: async (path) => readFileSync(join(folder, path), 'utf8'),
    }),
    use && { readers: use },
  );
}

const withTruth = folders(readers).filter((name) => existsSync(join(fixtures(name), 'truth.json')));

describe('the routes read of a case are those that the running application holds', () => {
  const cases = withTruth
    .filter((framework) => framework !== 'http' && framework !== 'lambda')
    .flatMap((framework) =>
      Object.entries((truthOf(framework) as Truth).cases).map(([name, held]) => ({ framework, name, held })),
    );
  it.each(cases)('$framework: $name', async ({ framework, name, held }) => {
    const { routes } = await read(join(fixtures(framework), name));
    const found = compareRoutes(
      routes.map(({ method, written }) => `${method} ${written}`),
      held,
    );
    expect({ missed: found.missed, extra: found.extra }).toEqual({ missed: [], extra: [] });
    expect(found.same).toBeGreaterThan(0);
  });
});

describe('the routes read of functions behind API Gateway are those that their handlers answer', () => {
  it.each(Object.entries((truthOf('lambda') as Truth).cases))('%s', async (name, held) => {
    const { routes } = await collectInventory(join(fixtures('lambda'), name));
    const found = compareRoutes(
      routes.map(({ method, path }) => `${method} ${path}`),
      held,
    );
    expect({ missed: found.missed, extra: found.extra }).toEqual({ missed: [], extra: [] });
    expect(found.same).toBeGreaterThan(1);
  });

  it('each where its handler is written, with what wraps it', async () => {
    const { routes } = await collectInventory(join(fixtures('lambda'), 'declared'));
    const one = routes.find(({ method, path }) => `${method} ${path}` === 'DELETE /v1/notes/:id');
    expect(one?.handler).toEqual({ file: 'src/notes.js', line: 7, column: 13 });
  });
});

describe('the routes read of a plain server are the requests that it answers', () => {
  const cases = Object.entries(truthOf('http').cases as Record<string, Answered[]>);
  it.each(cases)('%s', async (name, asked) => {
    const { routes } = await read(join(fixtures('http'), name));
    const patterns = routes.map(({ method, path }) => ({ method, pattern: compile(path) }));
    const isRead = ({ method, path }: Answered) =>
      patterns.some((one) => (one.method === 'ALL' || one.method === method) && one.pattern?.test(path));
    expect(asked.filter((one) => isRead(one) !== one.answered)).toEqual([]);
    expect(asked.filter(({ answered }) => answered).length).toBeGreaterThan(4);
  });
});

describe('what a reader says besides', () => {
  it('is where each route is written, what a request passes, and what each parameter is given', async () => {
    const { routes } = await read(join(fixtures('fastify'), 'plugins'));
    const route = routes.find(({ method, path }) => `${method} ${path}` === 'PUT /v2/users/:id');
    expect(route?.location).toEqual({ file: 'routes/users.js', line: 7, column: 3 });
    const passed = route?.through.flatMap(({ functions }) =>
      functions.map(
        ({ name, location, ports }) =>
          `${name} ${location.file}:${location.line} ${ports.map(({ kind }) => kind)}`,
      ),
    );
    expect(passed).toEqual([
      '(anonymous) app.js:7 request',
      'authenticate lib/auth.js:4 request,response',
      'check routes/users.js:20 request',
      'replace routes/users.js:17 request',
    ]);
    expect(routes.filter(({ schema }) => schema !== null).map(({ path }) => path)).toEqual([
      '/both',
      '/both',
      '/v2/users/me',
    ]);
  });

  it('is the order of middleware: what stands after a route is not before it', async () => {
    const { routes } = await read(join(fixtures('koa'), 'nested'));
    const names = (path: string) =>
      routes
        .find((route) => route.path === path)
        ?.through.flatMap(({ functions }) => functions.map(({ name }) => name));
    expect(names('/a')).toEqual(['logger', '(anonymous)']);
    expect(names('/api/users/:id')).toEqual(['logger', 'requireUser', '(anonymous)', '(anonymous)']);
  });

  it('is which guards, interceptors and middleware Nest calls first', async () => {
    const { routes, notFollowed } = await read(join(fixtures('nest'), 'modules'));
    const route = routes.find(({ method, path }) => `${method} ${path}` === 'PUT /api/users/:id');
    expect(route?.through.map(({ functions }) => functions.map(({ name }) => name).join())).toEqual([
      ...['intercept', 'canActivate', 'requestId', 'canActivate', 'canActivate', 'replace'],
    ]);
    expect(route?.handler?.ports.map(({ kind }) => kind)).toEqual(['request', 'value', 'response']);
    expect(notFollowed.map(({ what, location }) => `${what} ${location?.file}:${location?.line}`)).toEqual([
      'routes of a controller of Nest src/reports/reports.controller.ts:14',
    ]);
  });

  it('is that a reader failed, and the routes of the others are there', async () => {
    const folder = join(fixtures('koa'), 'nested');
    const broken: Reader = {
      framework: 'broken',
      title: 'Broken',
      concerns: () => true,
      read() {
        throw new Error('no');
      },
    };
    const { routes, notFollowed } = await read(folder, [broken, ...READERS]);
    expect(routes.length).toBeGreaterThan(10);
    expect(notFollowed).toEqual([
      { framework: 'broken', what: 'routes of Broken', reason: 'reading them failed: no', location: null },
    ]);
  });

  // By Next's documentation of files and folders: no server of Next was started for it.
  it('is which files of Next are routes, below its base path', async () => {
    const { routes } = await read(join(fixtures('next'), 'both'));
    expect(routes.map(({ method, path, location }) => `${method} ${path} ${location.file}`).sort()).toEqual([
      'ALL /shop/api/users pages/api/users/index.js',
      'ALL /shop/api/users/:id pages/api/users/[id].js',
      'DELETE /shop/items/:id app/items/[id]/route.js',
      'GET /shop/blog/icon/:__metadata_id__ app/blog/icon.js',
      'GET /shop/blog/sitemap/:__metadata_id__ app/blog/sitemap.js',
      'GET /shop/cart app/(shop)/cart/route.js',
      'GET /shop/favicon.ico app/favicon.ico',
      'GET /shop/files/*path app/files/[...path]/route.js',
      'GET /shop/sitemap.xml app/sitemap.js',
      'POST /shop/cart app/(shop)/cart/route.js',
    ]);
  });
});
