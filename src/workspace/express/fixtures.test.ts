import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { linkPackages } from '../../testing/packages.ts';
import { project } from '../../testing/project.ts';
import { analyzeExpress } from './analyze.ts';

const root = new URL('../../../', import.meta.url).pathname;
const probe = new URL('./__fixtures__/dump-stack.mjs', import.meta.url).pathname;

async function analyzeFolder(folder: string) {
  const entries = await readdir(folder, { recursive: true });
  const paths = entries.filter((path) => !path.includes('node_modules'));
  return analyzeExpress({
    root: folder,
    paths,
    read: (path) => readFile(join(folder, path), 'utf8').catch(() => null),
  });
}

describe('the routes found in a fixture are the routes Express holds when it runs', () => {
  test.each([
    ['express-notes', ['src/app.js'], 4],
    ['express-shop', ['src/app.ts', 'src/deps.ts'], 5],
  ] as const)('%s', async (name, modules, version) => {
    const folder = project();
    await cp(join(root, 'fixtures', name), folder, {
      recursive: true,
      filter: (path) => !/[\\/](node_modules|uploads)$/.test(path),
    });
    const program = await analyzeFolder(folder);
    const found = program.routes.map(
      ({ method, path, registration }) => `${method} ${path} ${registration.file}:${registration.line}`,
    );
    expect(program.version).toBe(version);
    expect(found.length).toBeGreaterThan(30);
    expect(program.failed).toEqual([]);
    expect(program.unreached).toEqual([]);
    const handlers = program.registrations.flatMap(({ handlers }) => handlers);
    expect(handlers.filter(({ kind }) => kind === 'unknown')).toEqual([]);
    await linkPackages(folder);
    const { stdout } = await execa(process.execPath, ['--enable-source-maps', probe, folder, ...modules], {
      cwd: folder,
      timeout: 20_000,
    });
    expect([...found].sort()).toEqual(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  });
});
