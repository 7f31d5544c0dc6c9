import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));

let folder: string;
beforeAll(() => {
  if (!existsSync(CLI)) throw new Error('dist is missing: node .tasks/build.mjs');
  folder = mkdtempSync(join(tmpdir(), 'migrate-colour-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RESULT = 'codemod list';
const ERROR = 'shadow coverage --traffic gone.har';

/** What a command prints, escapes made visible. Both streams are pipes. */
function printed(args: string, variables: NodeJS.ProcessEnv): string {
  const env = { ...process.env, ...variables };
  const done = spawnSync(process.execPath, [CLI, ...args.split(' ')], { cwd: folder, env, encoding: 'utf8' });
  expect(done.status, done.stderr).toBe(args === RESULT ? 0 : 3);
  return JSON.stringify(done.stdout + done.stderr);
}

const ESCAPE = /\\u001b/;
const NONE = { NO_COLOR: undefined, FORCE_COLOR: undefined };

it('a pipe gets no escape byte', () => {
  for (const args of [RESULT, ERROR]) expect(printed(args, NONE)).not.toMatch(ESCAPE);
});

it('NO_COLOR wins over FORCE_COLOR, and FORCE_COLOR=0 asks for none', () => {
  for (const asked of [
    { NO_COLOR: '1', FORCE_COLOR: '1' },
    { ...NONE, FORCE_COLOR: '0' },
  ])
    expect(printed(ERROR, asked)).not.toMatch(ESCAPE);
});

it('FORCE_COLOR colours what goes into a pipe, results and errors', () => {
  for (const args of [RESULT, ERROR]) expect(printed(args, { ...NONE, FORCE_COLOR: '1' })).toMatch(ESCAPE);
});
