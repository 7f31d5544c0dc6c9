import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../../testing/project.ts';
import { addModules } from './modules.ts';

const fetched = { wanted: [] as unknown[], folder: '' };
const fetch = async (wanted: unknown) => {
  fetched.wanted.push(wanted);
  return fetched.folder;
};

const pack = (version: string) => JSON.stringify({ version });

describe('packages for a scratch copy', () => {
  it('are added beside links to the user’s own, whose folder stays as it is', async () => {
    const theirs = project({
      'node_modules/hono/package.json': pack('3.0.0'),
      'node_modules/express/package.json': pack('5.1.0'),
      'node_modules/@types/node/package.json': pack('22.0.0'),
    });
    fetched.folder = join(
      project({
        'node_modules/hono/package.json': pack('4.13.0'),
        'node_modules/@hono/node-server/package.json': pack('1.0.0'),
        'node_modules/express/package.json': pack('4.0.0'),
      }),
      'node_modules',
    );
    const copy = project({});
    symlinkSync(join(theirs, 'node_modules'), join(copy, 'node_modules'));
    await addModules(
      copy,
      { hono: '^4.13.0', express: '^5.0.0', '@hono/node-server': '^1.0.0' },
      signal,
      fetch,
    );
    expect(fetched.wanted).toEqual([{ hono: '^4.13.0', '@hono/node-server': '^1.0.0' }]);
    const version = (name: string) =>
      JSON.parse(readFileSync(join(copy, 'node_modules', name, 'package.json'), 'utf8')).version;
    expect(['hono', 'express', '@types/node', '@hono/node-server'].map(version)).toEqual([
      ...['4.13.0', '5.1.0', '22.0.0', '1.0.0'],
    ]);
    expect(readdirSync(join(theirs, 'node_modules')).sort()).toEqual(['@types', 'express', 'hono']);
    expect(existsSync(join(theirs, 'node_modules/@hono'))).toBe(false);
  });

  it('are not fetched where what is there is enough', async () => {
    fetched.wanted = [];
    const copy = project({ 'node_modules/hono/package.json': pack('4.14.1') });
    await addModules(copy, { hono: '^4.13.0' }, signal, fetch);
    expect(fetched.wanted).toEqual([]);
  });
});

const { signal } = new AbortController();
