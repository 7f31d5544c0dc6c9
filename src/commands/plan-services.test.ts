import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PlansDocument } from '../model/documents.ts';
import { Inventory } from '../model/inventory.ts';
import { APP, manifest, project, run } from './__fixtures__/express-project.ts';

const bare = (fields: Record<string, unknown>) => JSON.stringify(fields);
const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    'node_modules/express': { version: '4.22.3' },
    'node_modules/left': { version: '1.0.0', hasInstallScript: true, dependencies: { nan: '2' } },
  },
});

/** Two servers, a library and a page. */
const packages = {
  'services/api/package.json': manifest({
    name: 'api',
    dependencies: { express: '^4', left: '1', lib: 'workspace:*' },
  }),
  'services/api/app.js': APP,
  'services/mail/package.json': bare({ name: 'mail', main: 'main.js', dependencies: { koa: '2' } }),
  'services/mail/main.js': "const Koa = require('koa');\nnew Koa().listen(3000);\n",
  'services/lib/package.json': bare({ name: 'lib', main: 'index.js', dependencies: { ms: '2' } }),
  'services/lib/index.js': 'exports.a = 1;\n',
  'services/page/package.json': bare({ name: 'page', dependencies: { vue: '3' }, scripts: { dev: 'vite' } }),
  'services/page/index.html': '<script src="/main.js"></script>',
  'services/page/main.js': 'document.title = process.env.TITLE;\n',
};

describe('a monorepo', () => {
  it.each<[string, Record<string, string>]>([
    [
      'npm workspaces',
      { 'package.json': bare({ name: 'all', workspaces: ['services/*'] }), 'package-lock.json': LOCK },
    ],
    [
      'pnpm workspaces',
      { 'package.json': bare({ name: 'all' }), 'pnpm-workspace.yaml': 'packages: ["services/*"]\n' },
    ],
    ['no package.json at its root', {}],
  ])('with %s lists its services with what to type', async (_, files) => {
    const root = project({ ...files, ...packages });
    const inventory = Inventory.parse((await run(root, ['inventory', '--json'])).documents[0]);
    expect(inventory.services.map(({ folder, name, what }) => [folder, name, what])).toEqual([
      ['services/api', 'api', 'Express'],
      ['services/mail', 'mail', 'Koa'],
    ]);
    const { out } = await run(root, ['inventory']);
    expect(out).toMatch(
      /services\/api +Express +migrate plan services\/api +services\/api\/package\.json:1:/,
    );
    expect(out).not.toContain('TITLE');
  });

  it('is planned service by service, with the lockfile of its root', async () => {
    const root = project({
      'package.json': bare({
        name: 'all',
        workspaces: ['services/*'],
        packageManager: 'npm@11.1.0',
        overrides: { qs: '6.11.0' },
      }),
      'package-lock.json': LOCK,
      ...packages,
    });
    const { code, out } = await run(root, ['plan', '--yes']);
    expect(code).toBe(0);
    expect(out).toContain('2 services, each planned by itself');
    expect(out).toMatch(/services\/api {2}Express 4\.22 · CommonJS · npm 11\.1\.0/);
    expect(out).toContain('migrate plan services/mail --target bun@1.4 --explain');
    expect(existsSync(join(root, 'services/api/.migrate/plan.json'))).toBe(true);
    expect(existsSync(join(root, '.migrate'))).toBe(false);
    expect((await run(root, ['inventory', 'services/api'])).out).toMatch(
      /qs +forced to 6\.11\.0 \(npm\) +\.\.\/\.\.\/package\.json:1:/,
    );
    const { documents } = await run(root, ['plan', '--target', 'bun', '--json']);
    const { plans, failed } = PlansDocument.parse(documents[0]);
    expect([plans.map(({ folder }) => folder), failed]).toEqual([['services/api', 'services/mail'], []]);
    expect(plans[0]?.plan.blockers.map(({ id }) => id)).toContain('addon-v8-abi');
    expect(plans[0]?.plan.notChecked.map(({ what }) => what)).toContain('the code of lib');
  });

  it('without a service says where its packages are', async () => {
    const root = project({ 'tools/a/package.json': bare({ name: 'a', scripts: {} }), 'readme.md': 'x' });
    const { code, notes } = await run(root, ['inventory']);
    expect([code, notes]).toEqual([3, expect.stringContaining('Point at one of its packages: tools/a')]);
  });
});
