import { existsSync, readdirSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCodemod } from '../../src/codemod/runner.ts';
import { linkPackages } from '../../src/testing/packages.ts';
import { openRepository } from '../../src/workspace/repository.ts';
import { differences, type HarEntry, replay, type Side, startSide, stopSide } from './__fixtures__/replay.ts';
import { shapeRequests } from './__fixtures__/shape-requests.ts';
import codemod from './index.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const shapes = fileURLToPath(new URL('./__fixtures__/shapes', import.meta.url));
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'express-to-hono-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Copies a fixture; times are whole seconds, which every runtime reads alike. */
async function copy(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    filter: (path) => !/node_modules|traffic\.har$/.test(path.slice(from.length)),
  });
  const time = new Date('2026-01-01T00:00:00Z');
  for (const entry of readdirSync(to, { recursive: true, encoding: 'utf8' })) {
    const path = join(to, entry);
    if (statSync(path).isFile()) await utimes(path, time, time);
  }
}

async function convert(directory: string) {
  const repository = await openRepository(directory);
  const changes = await runCodemod(codemod, {
    repository,
    paths: repository.files,
    options: { parity: 'wire' },
    signal: new AbortController().signal,
  });
  for (const { path, newText, status } of changes.files) {
    if (status === 'deleted') await rm(join(directory, path));
    else if (newText !== null && (status === 'changed' || status === 'created')) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), newText);
    }
  }
  return changes;
}

/** The file Node starts: TypeScript is compiled beside its source. */
async function entryOf(directory: string): Promise<string> {
  if (existsSync(join(directory, 'src/server.js'))) return 'src/server.js';
  await build({
    entryPoints: [join(directory, 'src/server.ts')],
    outfile: join(directory, 'src/server.mjs'),
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  return 'src/server.mjs';
}

/** Differences between an application and its conversion over some requests, and what the conversion left. */
async function compare(from: string, name: string, entries: readonly HarEntry[]): Promise<string[]> {
  const [before, after] = [join(scratch, `${name}-before`), join(scratch, `${name}-after`)];
  await Promise.all([copy(from, before), copy(from, after)]);
  const changes = await convert(after);
  const found = changes.leftForYou.map(({ file, line, reason }) => `${file}:${line} ${reason}`);
  for (const { name: handler, outcome } of changes.outcomes) {
    if (outcome !== 'converted') found.push(`${handler} is ${outcome}`);
  }
  for (const { path, newText } of changes.files) {
    if (newText !== null && /require\(['"]express['"]\)|from ['"]express['"]/.test(newText))
      found.push(`${path} imports express`);
  }
  await linkPackages(before);
  await linkPackages(after);
  const sides: Side[] = [];
  try {
    for (const directory of [before, after]) sides.push(await startSide(directory, await entryOf(directory)));
    const [old, converted] = sides;
    if (!old || !converted) throw new Error('a side did not start');
    for (const entry of entries) {
      found.push(...differences(entry, await replay(old, entry), await replay(converted, entry)));
    }
    return found;
  } finally {
    await Promise.all(sides.map(stopSide));
  }
}

describe('a converted application', () => {
  it.each(['express-notes', 'express-shop'])('%s answers its recorded traffic as before', async (name) => {
    const har = JSON.parse(await readFile(join(fixtures, name, 'traffic.har'), 'utf8'));
    const entries: HarEntry[] = har.log.entries;
    expect(entries.length).toBeGreaterThanOrEqual(60);
    expect(await compare(join(fixtures, name), name, entries)).toEqual([]);
  });

  it('answers as before in every shape of handler', async () => {
    expect(await compare(shapes, 'shapes', shapeRequests)).toEqual([]);
  });

  it('is told apart from one that answers otherwise', async () => {
    const answer = { status: 200, headers: [['etag', '"a"']] as [string, string][], body: Buffer.from('a') };
    const [entry] = shapeRequests;
    if (!entry) throw new Error('no request');
    expect(differences(entry, answer, { ...answer, status: 201 })).toHaveLength(1);
    expect(differences(entry, answer, { ...answer, headers: [] })).toHaveLength(1);
    expect(differences(entry, answer, { ...answer, body: Buffer.from('b') })).toHaveLength(1);
  });
});
