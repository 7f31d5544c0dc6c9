import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCases, runOnTree } from '../../src/codemod/cases.ts';
import { CODEMODS } from '../../src/codemod/registry.ts';
import {
  type HarEntry,
  replay,
  type Side,
  startSide,
  stopSide,
} from '../express-to-hono/__fixtures__/replay.ts';
import codemod from './index.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
let scratch: string;
const sides: Side[] = [];

/** The case `commonjs`, with its parity module, before and after etag and x-powered-by are dropped. */
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'drop-parity-'));
  const one = (await readCases(CODEMODS, 'drop-parity')).find(({ name }) => name === 'commonjs');
  if (!one) throw new Error('no case');
  const { tree } = await runOnTree(codemod, one.before, one.notes.options);
  for (const [name, files] of Object.entries({ before: one.before, after: tree })) {
    const directory = join(scratch, name);
    for (const [path, text] of files) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text);
    }
    const { dependencies } = JSON.parse(files.get('package.json') ?? '{}') as {
      dependencies: Record<string, string>;
    };
    for (const each of Object.keys(dependencies)) {
      await mkdir(dirname(join(directory, 'node_modules', each)), { recursive: true });
      await symlink(join(modules, each), join(directory, 'node_modules', each));
    }
    sides.push(await startSide(directory, 'app.js'));
  }
});
afterAll(async () => {
  await Promise.all(sides.map(stopSide));
  await rm(scratch, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}): HarEntry => ({
  request: {
    ...{ method: 'GET', url: `http://x${path}` },
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  },
  response: { status: 0, headers: [], content: {} },
});

describe('an application without two of its behaviours', () => {
  it.each(['/', '/notes', '/NOTES/', '/none'])('differs in those two headers only: %s', async (path) => {
    const [old, next] = await Promise.all(sides.map((side) => replay(side, get(path))));
    expect(next?.status).toBe(old?.status);
    expect(next?.body.toString()).toBe(old?.body.toString());
    const shown = (answer: typeof old) => answer?.headers.filter(([name]) => name !== 'date') ?? [];
    const dropped = shown(old).filter(([name]) => name === 'etag' || name === 'x-powered-by');
    expect(dropped.length).toBeGreaterThan(0);
    expect(shown(next)).toEqual(shown(old).filter((each) => !dropped.includes(each)));
  });

  it('gives the body where it gave 304', async () => {
    const asked = get('/notes', { 'If-None-Match': '*' });
    const answers = await Promise.all(sides.map((side) => replay(side, asked)));
    expect(answers.map(({ status }) => status)).toEqual([304, 200]);
  });
});
