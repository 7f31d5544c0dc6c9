import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyChangeSet } from '../../../src/codemod/apply.ts';
import { loadCodemod } from '../../../src/codemod/registry.ts';
import { runCodemod } from '../../../src/codemod/runner.ts';
import { parseSpec, provisionRuntime } from '../../../src/runtimes/index.ts';
import { linkPackages } from '../../../src/testing/packages.ts';
import { openRepository } from '../../../src/workspace/repository.ts';

const fixtures = fileURLToPath(new URL('./__fixtures__/', import.meta.url));
const signal = new AbortController().signal;
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'small-codemods-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** A program as it was, and as the codemod made it. */
async function both(id: string): Promise<{ before: string; after: string; left: string[] }> {
  const [before, after] = [join(scratch, id, 'before'), join(scratch, id, 'after')];
  for (const folder of [before, after]) {
    await cp(join(fixtures, 'package.json'), join(folder, 'package.json'));
    await cp(join(fixtures, id), folder, { recursive: true });
  }
  const repository = await openRepository(after);
  const request = { repository, paths: repository.files, signal };
  const changes = await runCodemod(await loadCodemod(id), request);
  await applyChangeSet(repository, changes, signal);
  await linkPackages(before);
  return { before, after, left: changes.leftForYou.map(({ reason }) => reason) };
}

const printed = async (command: string, args: readonly string[], cwd: string) => {
  const { all, exitCode } = await execa(command, args, { cwd, all: true, reject: false });
  return { all, exitCode };
};

async function runtime(spec: string): Promise<string> {
  return (await provisionRuntime(await parseSpec(spec))).binary;
}

const dependencies = async (folder: string) =>
  Object.keys(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).dependencies ?? {});

/** The program after the change runs without the packages that it used before. */
describe.each([
  ['node-prefix', 'main.cjs', []],
  ['uuid-to-crypto', 'main.mjs', ['uuid']],
  ['rimraf-mkdirp-to-fs', 'main.mjs', ['rimraf', 'mkdirp']],
  ['node-fetch-to-fetch', 'main.cjs', ['node-fetch']],
])('%s', (id, program, gone) => {
  it('makes a program that prints the same on Node.js and Bun', async () => {
    const { before, after, left } = await both(id);
    expect(left).toEqual([]);
    expect(await readFile(join(after, program), 'utf8')).not.toBe(
      await readFile(join(before, program), 'utf8'),
    );
    const was = await printed(process.execPath, [program], before);
    expect(was).toMatchObject({ exitCode: 0, all: expect.stringMatching(/\S/) });
    expect(await printed(process.execPath, [program], after)).toEqual(was);
    const bun = await runtime('bun');
    expect(await printed(bun, [program], after)).toEqual(await printed(bun, [program], before));
    const now = await dependencies(after);
    expect(now).toEqual((await dependencies(before)).filter((name) => !(gone as string[]).includes(name)));
  });
});

describe('dotenv-to-env-file', () => {
  it('makes a start that sees the same values', async () => {
    const { before, after, left } = await both('dotenv-to-env-file');
    expect(left).toEqual([]);
    expect(await dependencies(after)).toEqual([]);
    // npm starts the scripts by the `node` of PATH.
    const env = {
      DOTENV_CONFIG_QUIET: 'true',
      PATH: `${dirname(await runtime('node@24'))}:${process.env.PATH}`,
    };
    const start = async (cwd: string) => (await execa('npm', ['start', '--silent'], { cwd, env })).stdout;
    const was = await start(before);
    expect(JSON.parse(was)).toMatchObject({ GIVEN: 'before', MULTI: 'one\ntwo', NONE: null });
    expect(await start(after)).toBe(was);
    await rm(join(before, '.env'));
    await rm(join(after, '.env'));
    expect(await start(after)).toBe(await start(before));
  });
});

describe('ws-client-to-websocket', () => {
  it('makes a client that hears the same of a server', async () => {
    const { before, after, left } = await both('ws-client-to-websocket');
    expect(left).toEqual([
      '`WebSocketServer` of ws is not in Node.js',
      'the package `ws` stays: server.mjs:1:33 names it',
    ]);
    expect(await readFile(join(after, 'client.mjs'), 'utf8')).not.toContain("'ws'");
    // The server stays on the package.
    await linkPackages(after);
    for (const spec of ['node@24', 'bun']) {
      const binary = await runtime(spec);
      const was = await printed(binary, ['main.mjs'], before);
      expect(was).toMatchObject({ exitCode: 0, all: expect.stringContaining('closed 1000 thanks true') });
      expect(await printed(binary, ['main.mjs'], after)).toEqual(was);
    }
  });
});
