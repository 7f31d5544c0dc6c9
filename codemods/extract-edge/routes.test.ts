import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCases, runOnTree } from '../../src/codemod/cases.ts';
import { launchApp, parseSpec, provisionRuntime, type RunningApp } from '../../src/runtimes/index.ts';
import { startEdge, writeEdge } from './__fixtures__/edge.ts';
import { type Asked, exchange, told } from './__fixtures__/exchange.ts';
import type { EdgeTarget } from './folder.ts';
import codemod from './index.ts';

const targets: EdgeTarget[] =
  process.env.MIGRATE_EDGE === 'all' ? ['workers', 'node', 'bun', 'deno'] : ['workers', 'node'];
const CASE = 'routes-chosen';
const home = fileURLToPath(new URL(`./cases/${CASE}/before`, import.meta.url));
const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Answered at the edge, then by the origin. */
const AT_EDGE: Asked[] = [
  { path: '/go/tea' },
  { path: '/go/nothing', headers: { accept: 'text/html' } },
  { method: 'HEAD', path: '/go/cups' },
  { path: '/sizes/M' },
  { path: '/sizes/xl' },
  { path: '/sizes/s', headers: { 'if-none-match': '*' } },
  { path: '/catalog/kinds?page=3&page=4' },
  { path: '/catalog/kinds', headers: { cookie: 'a=1' } },
];
const AT_ORIGIN: Asked[] = [
  { path: '/go/tea/' },
  { path: '/Sizes/M' },
  { path: '/sizes/%6D' },
  { path: '/sizes/%ZZ' },
  { method: 'OPTIONS', path: '/sizes/m' },
  {
    method: 'POST',
    path: '/go/tea',
    body: Buffer.from('{}'),
    headers: { 'content-type': 'application/json' },
  },
  { path: '/orders/1' },
  { path: '/nowhere' },
];

/** The origin and the edge of it, as the codemod writes that with answers the same byte for byte. */
async function written(target: EdgeTarget): Promise<Map<string, string>> {
  const one = (await readCases(new URL('../', import.meta.url), 'extract-edge')).find(
    ({ name }) => name === CASE,
  );
  if (one === undefined) throw new Error('no such case');
  const { tree } = await runOnTree(codemod, one.before, { ...one.notes.options, target, parity: 'wire' });
  return new Map(
    [...tree].flatMap(([path, text]) =>
      path.startsWith('edge/') ? [[path.slice('edge/'.length), text] as const] : [],
    ),
  );
}

let origin: RunningApp;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extract-edge-origin-'));
  await cp(home, folder, { recursive: true });
  await symlink(packages, join(folder, 'node_modules'));
  const node = await provisionRuntime(await parseSpec('node@22'));
  origin = await launchApp(node, { dir: folder, entry: 'src/server.js', runFolder: join(folder, 'run') });
});
afterAll(async () => {
  await origin?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each(targets)('chosen routes on %s', (target) => {
  let edge: Awaited<ReturnType<typeof startEdge>>;

  beforeAll(async () => {
    edge = await startEdge(target, await writeEdge(await written(target)), { ORIGIN_URL: origin.origin });
  });
  afterAll(() => edge?.remove());

  it.each([...AT_EDGE, ...AT_ORIGIN].map((each) => [`${each.method ?? 'GET'} ${each.path}`, each] as const))(
    '%s is answered as by the origin',
    async (_, asked) => {
      expect(told(await exchange(edge.origin, asked))).toEqual(told(await exchange(origin.origin, asked)));
    },
  );

  it('are answered while the origin is down, and only they', async () => {
    const alone = await startEdge(target, await writeEdge(await written(target)), {
      ORIGIN_URL: 'http://127.0.0.1:9',
    });
    try {
      const statuses = async (all: Asked[]) =>
        Promise.all(all.map(async (asked) => (await exchange(alone.origin, asked)).status));
      expect(await statuses(AT_EDGE)).toEqual([301, 301, 301, 200, 404, 304, 200, 200]);
      expect(new Set(await statuses(AT_ORIGIN))).toEqual(new Set([502]));
    } finally {
      await alone.remove();
    }
  });
});
