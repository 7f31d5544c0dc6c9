import { describe, expect, it } from 'vitest';
import { project } from '../testing/project.ts';
import { collectInventory } from './index.ts';

/** Routes, and what was not checked, of an application whose start script runs `src/index.ts`. */
async function read(files: Record<string, string>, framework: string, start = 'bun run ./src/index.ts') {
  const root = project({
    'package.json': JSON.stringify({
      ...{ name: 'a', type: 'module', dependencies: { [framework]: '*' } },
      scripts: { ...(start !== '' && { start }) },
    }),
    ...files,
  });
  const { routes, notChecked } = await collectInventory(root);
  return {
    routes: routes.map(({ method, path }) => `${method} ${path}`).sort(),
    left: notChecked
      .filter(({ what }) => what.startsWith('what an instance of'))
      .map(({ reason, location }) => `${location?.file}:${location?.line} ${reason}`),
  };
}

const ELYSIA = {
  'src/index.ts':
    "import { Elysia } from 'elysia';\nimport { users } from './users';\nnew Elysia().use(users).listen(3000);\n",
  'src/users.ts':
    "import { Elysia } from 'elysia';\nexport const users = new Elysia().get('/users', () => 'x');\n",
};
const PART = {
  'src/parts/one.ts':
    "import { Elysia } from 'elysia';\nexport const one = new Elysia().get('/one', () => 'x');\n",
  'src/parts/index.ts':
    "import { Elysia } from 'elysia';\nimport { one } from './one';\nexport const parts = new Elysia({ prefix: '/v1' }).use(one);\n",
};

describe('an instance that is a part of others', () => {
  it.each([
    ['nothing loads its file', PART, ['GET /users'], ['src/parts/index.ts:3 no entry point loads its file']],
    [
      'an entry point loads it, and nothing that was followed uses it',
      { ...PART, 'src/index.ts': `import './parts';\n${ELYSIA['src/index.ts']}` },
      ['GET /users', 'GET /v1/one'],
      [],
    ],
    [
      'it is used',
      {
        ...PART,
        'src/index.ts':
          "import { Elysia } from 'elysia';\nimport { parts } from './parts';\nnew Elysia().use(parts).listen(3000);\n",
        'src/users.ts': '',
      },
      ['GET /v1/one'],
      [],
    ],
  ])('Elysia: %s', async (_, more, routes, left) => {
    expect(await read({ ...ELYSIA, ...more }, 'elysia')).toEqual({ routes, left });
  });

  it('all of them are read where no entry point is known', async () => {
    expect(await read({ ...ELYSIA, ...PART }, 'elysia', '')).toEqual({
      routes: ['GET /users', 'GET /v1/one'],
      left: [],
    });
  });

  it('all of them are read where a file of a platform may name another entry point', async () => {
    const more = { 'wrangler.toml': 'main = "src/parts/index.ts"\n' };
    expect(await read({ ...ELYSIA, ...PART, ...more }, 'elysia')).toEqual({
      routes: ['GET /users', 'GET /v1/one'],
      left: [],
    });
  });

  it('Hono: nothing loads its file', async () => {
    const app = (more: string) =>
      `import { Hono } from 'hono';\nconst app = new Hono();\n${more}export default app;\n`;
    expect(
      await read(
        {
          'src/index.ts': app("app.get('/users', (c) => c.text('x'));\n"),
          'src/old.ts': app("app.get('/old', (c) => c.text('x'));\n"),
        },
        'hono',
      ),
    ).toEqual({ routes: ['GET /users'], left: ['src/old.ts:2 no entry point loads its file'] });
  });
});
