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

/** What a result and an error look like, escapes made visible. Both streams are pipes. */
function printed(variables: NodeJS.ProcessEnv): string[] {
  const env = { ...process.env, ...variables };
  return ['codemod list', 'shadow coverage --traffic gone.har'].map((args) => {
    const done = spawnSync(process.execPath, [CLI, ...args.split(' ')], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    expect(done.status, done.stderr).toBe(args === 'codemod list' ? 0 : 3);
    return JSON.stringify(done.stdout + done.stderr);
  });
}

const ESCAPE = /\\u001b/;
const NONE = { NO_COLOR: undefined, FORCE_COLOR: undefined };

it('a pipe gets no escape byte', () => {
  for (const text of printed(NONE)) expect(text).not.toMatch(ESCAPE);
});

it('NO_COLOR wins over FORCE_COLOR, and FORCE_COLOR=0 asks for none', () => {
  for (const text of printed({ NO_COLOR: '1', FORCE_COLOR: '1' })) expect(text).not.toMatch(ESCAPE);
  for (const text of printed({ ...NONE, FORCE_COLOR: '0' })) expect(text).not.toMatch(ESCAPE);
});

it('FORCE_COLOR colours what goes into a pipe, results and errors', () => {
  for (const text of printed({ ...NONE, FORCE_COLOR: '1' })) expect(text).toMatch(ESCAPE);
});
