import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCases, runOnTree } from '../../src/codemod/cases.ts';
import { CODEMODS } from '../../src/codemod/registry.ts';
import type { LeftOut } from '../../src/model/changeset.ts';
import type { Cell } from '../../src/model/comparison.ts';
import { type Expected, expectedBy } from '../../src/shadow/attribute/left-out.ts';
import { type Answer, type HarEntry, replay, type Side, startSide, stopSide } from './__fixtures__/replay.ts';
import codemod from './index.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const NOTES = `const all = { 7: { id: 7, text: 'seven' } };
module.exports = {
  list: async (asked) => ({ asked, all }),
  find: async (id) => all[id],
  create: (text) => ({ id: 8, text }),
  update: async (id, text) => ({ id, text }),
  pin: async () => {},
};
`;

let scratch: string;
let leftOut: readonly LeftOut[];
const sides: Side[] = [];

/** The case `idiomatic`, before and after, each started as the program it is. */
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'idiomatic-'));
  const one = (await readCases(CODEMODS, 'express-to-hono')).find(({ name }) => name === 'idiomatic');
  if (!one) throw new Error('no case');
  const { tree, changeSet } = await runOnTree(codemod, one.before, one.notes.options);
  leftOut = changeSet.leftOut ?? [];
  for (const [name, files] of Object.entries({ before: one.before, after: tree })) {
    const directory = join(scratch, name);
    await mkdir(join(directory, 'node_modules', '@hono'), { recursive: true });
    for (const [path, text] of files) await writeFile(join(directory, path), text);
    await writeFile(join(directory, 'notes.js'), NOTES);
    await symlink(join(modules, 'express4'), join(directory, 'node_modules', 'express'));
    for (const each of ['hono', '@hono/node-server'])
      await symlink(join(modules, each), join(directory, 'node_modules', each));
    sides.push(await startSide(directory, 'input.js'));
  }
});
afterAll(async () => {
  await Promise.all(sides.map(stopSide));
  await rm(scratch, { recursive: true, force: true });
});

const entry = (
  method: string,
  path: string,
  text?: string,
  headers: Record<string, string> = {},
): HarEntry => ({
  request: {
    ...{ method, url: `http://x${path}` },
    headers: Object.entries({ 'Content-Type': 'application/json', ...headers }).map(([name, value]) => ({
      name,
      value,
    })),
    ...(text !== undefined && { postData: { text } }),
  },
  response: { status: 0, headers: [], content: {} },
});

/** What differs, as a shadow run would name it. */
async function cells(asked: HarEntry): Promise<Cell[]> {
  const [old, next] = await Promise.all(sides.map((side) => replay(side, asked)));
  if (!old || !next) throw new Error('a side is missing');
  const found: Cell[] = [];
  const add = (location: string, kind: string, before: string | null, after: string | null) =>
    found.push({
      ...{
        route: asked.request.url,
        location,
        kind: kind as Cell['kind'],
        severity: 'changed',
        exchanges: 1,
      },
      exemplars: [{ exchange: 1, request: '', old: before, new: after }],
    });
  if (old.status !== next.status) add('status', 'status', String(old.status), String(next.status));
  const header = (answer: Answer, name: string) => answer.headers.find(([key]) => key === name)?.[1] ?? null;
  for (const name of new Set([...old.headers, ...next.headers].map(([key]) => key))) {
    const [a, b] = [header(old, name), header(next, name)];
    if (/^(date|connection|keep-alive)$/.test(name) || a === b) continue;
    add(`header:${name}`, a === null ? 'header-added' : b === null ? 'header-missing' : 'header-value', a, b);
  }
  const body = ({ body: bytes }: Answer) => (bytes.length === 0 ? 'no body' : bytes.toString());
  if (body(old) !== body(next)) add('body', 'text', body(old), body(next));
  return found;
}

const isApplication = ({ leftOut: { scope } }: Expected) => scope === 'application';

describe('an application converted with --parity idiomatic', () => {
  it.each([
    entry('GET', '/notes?page=2&q=%20tea'),
    entry('GET', '/notes/7'),
    entry('GET', '/notes/8'),
    entry('GET', '/home'),
    entry('GET', '/home/x'),
    entry('POST', '/notes', '{"text":"new"}'),
    entry('POST', '/notes', '{}'),
    entry('PUT', '/notes/7', '{"text":"other"}'),
    entry('PATCH', '/notes/7', '{"pinned":true}'),
    entry('POST', '/notes', JSON.stringify({ text: 'x'.repeat(40_000) })),
  ])('gives the same status and the same JSON to a request that is as it should be: %j', async (asked) => {
    const seen = await cells(asked);
    expect(seen.filter(({ location }) => location === 'status')).toEqual([]);
    const json = seen.filter(
      ({ location, exemplars }) => location === 'body' && exemplars[0]?.old?.startsWith('{'),
    );
    expect(json).toEqual([]);
  });

  it.each([
    entry('GET', '/notes'),
    entry('GET', '/NOTES'),
    entry('GET', '/notes/'),
    entry('GET', '/notes/none'),
    entry('GET', '/nowhere'),
    entry('GET', '/home'),
    entry('GET', '/home/%zz'),
    entry('GET', '/notes?q=a&q=b'),
    entry('HEAD', '/notes'),
    entry('OPTIONS', '/notes'),
    entry('POST', '/notes', '{"text":'),
    entry('POST', '/notes', ''),
    entry('POST', '/notes', 'text=new', { 'Content-Type': 'application/x-www-form-urlencoded' }),
    entry('GET', '/notes', undefined, { 'If-None-Match': '*' }),
  ])('announced every difference there is, with the edit that makes it: %j', async (asked) => {
    const seen = await cells(asked);
    expect(seen.length).toBeGreaterThan(0);
    // The tag of another body is another one: the shadow run's rule `etag-follows-body`.
    const isOfBody = ({ location, kind }: Cell) =>
      location === 'header:etag' &&
      kind === 'header-value' &&
      seen.some((other) => /^body/.test(other.location));
    const unannounced = seen.filter(
      (cell) => !isOfBody(cell) && expectedBy(cell, leftOut, null, seen).length === 0,
    );
    expect(unannounced.map(({ location, exemplars }) => [location, exemplars[0]])).toEqual([]);
  });

  it('announced nothing that would cover every difference of every route', async () => {
    const cell = (location: string): Cell => ({
      ...{ route: 'GET /notes', location, kind: 'header-value', severity: 'changed', exchanges: 1 },
      exemplars: [{ exchange: 1, request: '', old: 'a', new: 'b' }],
    });
    for (const location of ['header:x-total-count', 'cookie:sid', 'status', 'body.text'])
      expect(expectedBy(cell(location), leftOut, () => false).filter(isApplication), location).toEqual([]);
  });
});
