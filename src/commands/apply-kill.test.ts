import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CLI } from './__fixtures__/shop.ts';
import { git, logged, planned, subjects, tree, worktrees } from './__fixtures__/steps.ts';

/** How many moments are tried. `npm run test:kills` tries more. */
const KILLS = Number(process.env.MIGRATE_KILLS ?? 2);

const args = (...words: string[]): string[] => [CLI, ...words];

/** Runs the program itself; killed after so many milliseconds, where they are given. */
async function program(
  cwd: string,
  words: string[],
  killAfter?: number,
): Promise<{ code: number | null; ms: number; said: string }> {
  const started = performance.now();
  const child = spawn(process.execPath, args(...words), { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (killAfter !== undefined) {
    await Promise.race([sleep(killAfter), ended]);
    child.kill('SIGKILL');
  }
  return { code: await ended, ms: performance.now() - started, said };
}

const leftBeside = (): string[] =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith('migrate-step-'))
    .sort();

it(
  `a step that is killed at ${KILLS} random moments is done or not done after resume, and never between`,
  async () => {
    expect(existsSync(CLI), 'npm run build first').toBe(true);
    const EDIT = ['apply', 'ours/edit', '--yes', '--answer', 'yes'];
    const root = await planned();
    const before = tree(root);
    const whole = await program(root, EDIT);
    expect(whole.code, whole.said).toBe(0);
    const after = tree(root);
    expect((await program(root, ['undo', 'edit'])).code).toBe(0);
    const beside = leftBeside();
    const outcomes: string[] = [];
    for (let each = 0; each < KILLS; each++) {
      const head = git(root, 'rev-parse', 'HEAD');
      // The last part of a run is where it writes: most moments are there.
      const at = whole.ms * (each % 4 === 0 ? Math.random() : 0.6 + Math.random() * 0.5);
      await program(root, EDIT, at);
      const resumed = await program(root, ['resume', '--dry-run']);
      expect([0, 5], `killed after ${Math.round(at)} ms: ${resumed.said}`).toContain(resumed.code);
      const isDone = logged(root).at(-1) === 'step-done ours/edit';
      const now = { tree: tree(root), dirty: git(root, 'status', '--porcelain'), worktrees: worktrees(root) };
      expect(now, `killed after ${Math.round(at)} ms: ${resumed.said}`).toEqual({
        ...{ tree: isDone ? after : before, dirty: '', worktrees: 1 },
      });
      const made = git(root, 'rev-list', '--count', `${head}..HEAD`);
      expect([made, subjects(root)[0]]).toEqual(
        isDone ? ['1', 'Say that it is an application'] : ['0', subjects(root)[0]],
      );
      outcomes.push(isDone ? 'done' : 'not done');
      if (isDone) expect((await program(root, ['undo', 'edit'])).code).toBe(0);
      expect(tree(root)).toEqual(before);
    }
    expect(outcomes).toHaveLength(KILLS);
    expect(leftBeside().filter((name) => !beside.includes(name) && !/notes/.test(name))).toEqual([]);
  },
  60_000 + KILLS * 40_000,
);

it('the empty folder of a run that was killed before git knew of it goes with the next run, and no other one', async () => {
  const root = await planned();
  const { pid } = spawnSync(process.execPath, ['--version']);
  const made = (name: string) => mkdtempSync(join(tmpdir(), `migrate-step-${pid}-${name}-`));
  const [empty, full] = [made('empty'), made('full')];
  writeFileSync(join(full, 'of-another-repository'), '');
  expect((await program(root, ['apply', 'ours/edit', '--yes', '--answer', 'yes'])).code).toBe(0);
  expect([existsSync(empty), existsSync(full)]).toEqual([false, true]);
  rmSync(full, { recursive: true });
});
