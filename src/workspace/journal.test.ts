import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applyWrites, entries, needsRecovery, type PlannedWrite, undo } from './journal.ts';
import { withLock } from './lock.ts';
import { repairInterruptedRun } from './ready.ts';
import { appendState, readState } from './state.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-journal-')));
  for (const [path, text] of Object.entries(BEFORE)) writeFileSync(join(root, path), text);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const BEFORE = { 'a.js': 'a\r\n', 'b.js': '\ufeffb', 'empty.js': '', 'gone.js': 'gone' };
const AFTER = { 'a.js': 'A\r\n', 'b.js': '\ufeffB', 'empty.js': 'full', 'new/deep/c.js': 'c' };
const WRITES: PlannedWrite[] = [
  { path: 'a.js', before: 'a\r\n', after: 'A\r\n' },
  { path: 'b.js', before: '\ufeffb', after: '\ufeffB' },
  { path: 'new/deep/c.js', before: null, after: 'c' },
  { path: 'empty.js', before: '', after: 'full' },
  { path: 'gone.js', before: 'gone', after: null },
];

/** Everything in the repository but our own folder, temporary files and empty directories included. */
function tree(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (path.startsWith('.migrate')) continue;
    if (entry.isFile()) found[path] = readFileSync(join(root, path), 'utf8');
    else if (entry.isDirectory() && readdirSync(join(root, path)).length === 0)
      found[path] = '(empty directory)';
  }
  return found;
}

describe('applying', () => {
  it('writes, creates and deletes, and undo gives the bytes back', async () => {
    const entry = await applyWrites(root, WRITES, { label: 'codemod x' });
    expect(tree()).toEqual(AFTER);
    expect(readFileSync(join(root, '.migrate/.gitignore'), 'utf8')).toContain('journal/\n');
    expect(undo(root)).toMatchObject({ id: entry.id, stage: 'undone' });
    expect(tree()).toEqual(BEFORE);
    expect(() => undo(root)).toThrow('no applied change');
    expect(() => undo(root, entry.id)).toThrow('is not applied (undone)');
    expect(() => undo(root, 'nope')).toThrow('There is no change nope');
  });

  it('keeps permission bits and writes through symbolic links', async () => {
    chmodSync(join(root, 'a.js'), 0o751);
    symlinkSync('b.js', join(root, 'link.js'));
    const writes = [WRITES[0] as PlannedWrite, { path: 'link.js', before: '\ufeffb', after: 'through' }];
    await applyWrites(root, writes, { label: 'x' });
    expect(statSync(join(root, 'a.js')).mode & 0o777).toBe(0o751);
    expect(lstatSync(join(root, 'link.js')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(root, 'b.js'), 'utf8')).toBe('through');
    undo(root);
    expect(statSync(join(root, 'a.js')).mode & 0o777).toBe(0o751);
    expect(readFileSync(join(root, 'b.js'), 'utf8')).toBe('\ufeffb');
  });

  it('refuses a file that is no longer what was read, and writes nothing', async () => {
    writeFileSync(join(root, 'b.js'), 'edited meanwhile');
    await expect(applyWrites(root, WRITES, { label: 'x' })).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
      exitCode: 3,
    });
    expect(tree()).toEqual({ ...BEFORE, 'b.js': 'edited meanwhile' });
  });

  it('refuses to undo over a later change', async () => {
    await applyWrites(root, WRITES, { label: 'x' });
    writeFileSync(join(root, 'a.js'), 'my work');
    expect(() => undo(root)).toThrow('left alone: a.js');
    expect(tree()).toEqual({ ...AFTER, 'a.js': 'my work' });
  });

  it('never writes outside the repository', async () => {
    symlinkSync(tmpdir(), join(root, 'out'));
    for (const path of ['../x.js', 'out/x.js']) {
      const writes = [WRITES[0] as PlannedWrite, { path, before: null, after: 'x' }];
      await expect(applyWrites(root, writes, { label: 'x' })).rejects.toMatchObject({
        code: 'OUTSIDE_REPOSITORY',
      });
    }
    expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('a\r\n');
  });

  it('an abort at any step gives every byte back, until it is committed', async () => {
    const steps: string[] = [];
    await applyWrites(root, WRITES, { label: 'x', onStep: (step) => steps.push(step) });
    undo(root);
    expect(steps).toEqual(['prepare', ...WRITES.map((write) => `write ${write.path}`), 'commit']);
    for (const stop of steps.slice(0, -1)) {
      const control = new AbortController();
      const onStep = (step: string) => step === stop && control.abort(new Error('stopped'));
      await expect(applyWrites(root, WRITES, { label: 'x', signal: control.signal, onStep })).rejects.toThrow(
        'stopped',
      );
      expect(tree()).toEqual(BEFORE);
    }
    expect(needsRecovery(root)).toBe(false);
  });
});

describe('a process that is killed', () => {
  let program: string;
  beforeAll(async () => {
    // Inside the repository's node_modules so that bare imports resolve.
    const home = fileURLToPath(new URL('../../node_modules/', import.meta.url));
    program = join(mkdtempSync(join(home, '.journal-test-')), 'crash.mjs');
    const folder = fileURLToPath(new URL('.', import.meta.url));
    await build({
      stdin: {
        resolveDir: folder,
        contents: `
          import { applyWrites, undo } from './journal.ts';
          import { withLock } from './lock.ts';
          import fs from 'node:fs';
          import { syncBuiltinESMExports } from 'node:module';
          const [root, action, writes, killAt] = process.argv.slice(2);
          let calls = 0;
          for (const name of ['renameSync', 'rmSync', 'mkdirSync', 'openSync']) {
            const real = fs[name];
            fs[name] = (...args) => {
              if (String(args[0]).startsWith(root) && ++calls === Number(killAt)) process.kill(process.pid, 'SIGKILL');
              return real(...args);
            };
          }
          syncBuiltinESMExports();
          await withLock(root, 'test', async () =>
            action === 'undo' ? undo(root) : applyWrites(root, JSON.parse(writes), { label: 'x' }));
        `,
      },
      ...{ outfile: program, bundle: true, platform: 'node', format: 'esm', packages: 'external' },
    });
  });
  afterAll(() => rmSync(join(program, '..'), { recursive: true, force: true }));

  const crash = (action: string, at: number) =>
    spawnSync(process.execPath, [program, root, action, JSON.stringify(WRITES), String(at)]).signal ===
    'SIGKILL';

  it.each(['apply', 'undo'])(
    'during %s leaves, once repaired, the tree before or the tree after',
    async (action) => {
      const start = action === 'apply' ? BEFORE : AFTER;
      const end = action === 'apply' ? AFTER : BEFORE;
      if (action === 'undo') await applyWrites(root, WRITES, { label: 'x' });
      const initial = mkdtempSync(join(tmpdir(), 'migrate-initial-'));
      spawnSync('cp', ['-a', `${root}/.`, initial]);
      // Every fifth call on the file system is a place to die; the run ends when none is left.
      let crashes = 0;
      for (let at = 1; crash(action, at); at += 5) {
        await repairInterruptedRun(root);
        expect([start, end]).toContainEqual(tree());
        crashes++;
        rmSync(root, { recursive: true });
        mkdirSync(root);
        spawnSync('cp', ['-a', `${initial}/.`, root]);
      }
      rmSync(initial, { recursive: true });
      expect(crashes).toBeGreaterThan(8);
      expect(tree()).toEqual(end);
    },
  );

  it('does not keep the lock, while a living one does', async () => {
    expect(crash('apply', 20)).toBe(true);
    expect(existsSync(join(root, '.migrate/lock'))).toBe(true);
    await expect(withLock(root, 'after', async () => 'free')).resolves.toBe('free');
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      const holder = { pid: other.pid, host: (await import('node:os')).hostname(), doing: 'codemod x' };
      writeFileSync(join(root, '.migrate/lock'), JSON.stringify(holder));
      await expect(withLock(root, 'x', async () => 0)).rejects.toMatchObject({ code: 'LOCKED', exitCode: 3 });
    } finally {
      other.kill('SIGKILL');
    }
  });
});

describe('the log', () => {
  it('only grows, and a torn line costs no other line', () => {
    appendState(root, 'one', { n: 1 });
    writeFileSync(join(root, '.migrate/state.jsonl'), '{"version":1,"at":"2026', { flag: 'a' });
    appendState(root, 'two', { n: 2 });
    expect(readState(root).map((entry) => [entry.event, entry.detail])).toEqual([
      ['one', { n: 1 }],
      ['two', { n: 2 }],
    ]);
    expect(entries(root)).toEqual([]);
  });
});
