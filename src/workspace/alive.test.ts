import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makerLives } from './alive.ts';

/** Made long before anything that starts here. */
const old = new URL('../../package.json', import.meta.url).pathname;
let folder: string;
let mark: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alive-'));
  mark = join(folder, 'mark');
  writeFileSync(mark, '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a process that runs and made the mark lives; one that is gone does not', () => {
  expect(makerLives(process.pid, mark)).toBe(true);
  expect(makerLives(spawnSync(process.execPath, ['--version']).pid, mark)).toBe(false);
});

it.runIf(process.platform === 'linux')(
  'a process that began long after the mark has only the same id',
  async () => {
    const later = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60_000)']);
    try {
      await new Promise((resolve) => later.once('spawn', resolve));
      expect(makerLives(later.pid ?? 0, old)).toBe(false);
    } finally {
      later.kill('SIGKILL');
    }
  },
);
