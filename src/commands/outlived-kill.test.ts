import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLI } from './__fixtures__/shop.ts';

/** The file that every program under test runs: its processes are known by it. */
const OURS = `program-${randomUUID()}.js`;
/** The guard gives a program that ignores SIGTERM two seconds. */
const PATIENCE_MS = 5_000;

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'outlived-kill-')));
});
afterEach(() => {
  for (const pid of running()) process.kill(pid, 'SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

const write = (files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
};

function running(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(OURS)
        ? [Number(name)]
        : [];
    } catch {
      return [];
    }
  });
}

/** What still runs when the guard has had its time. */
async function left(): Promise<number[]> {
  for (let waited = 0; running().length > 0 && waited < PATIENCE_MS; waited += 50) await sleep(50);
  return running();
}

/** Runs the command until `until` resolves or it ends, and kills it then. */
async function killed(
  args: string[],
  until: Promise<unknown>,
  preload: string[] = [],
): Promise<string | null> {
  const child = spawn(process.execPath, [...preload, CLI, ...args], { cwd: root, stdio: 'ignore' });
  const ended = new Promise<string | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  await Promise.race([until, ended]);
  child.kill('SIGKILL');
  return ended;
}

async function untilOneRuns(): Promise<void> {
  while (running().length === 0) await sleep(10);
}

describe.runIf(process.platform === 'linux')('a killed command', () => {
  it('leaves no side that it had started and told nobody of', async () => {
    write({
      'package.json': JSON.stringify({ name: 'a', type: 'commonjs', main: OURS }),
      [OURS]: "require('node:http').createServer((q, r) => r.end()).listen(process.env.PORT, '127.0.0.1');",
      'traffic.har': JSON.stringify({
        log: {
          version: '1.2',
          entries: [
            {
              request: { method: 'GET', url: 'http://a.test/', headers: [] },
              response: { status: 200, statusText: 'OK', headers: [], content: {} },
            },
          ],
        },
      }),
      // The moment between the start of a program and the next line of ours.
      'kill.cjs': `
        const { ChildProcess } = require('node:child_process');
        const { spawn } = ChildProcess.prototype;
        ChildProcess.prototype.spawn = function (options) {
          const made = spawn.call(this, options);
          if (options.args.includes(${JSON.stringify(OURS)})) process.kill(process.pid, 'SIGKILL');
          return made;
        };`,
    });
    const node = `node@${process.versions.node}:.`;
    const args = ['shadow', 'run', '--old', node, '--new', node, '--traffic', 'traffic.har'];
    const preload = ['--require', join(root, 'kill.cjs')];
    expect(await killed(args, new Promise(() => {}), preload)).toBe('SIGKILL');
    expect(await left()).toEqual([]);
  }, 60_000);

  it('leaves no script that it ran, and nothing that took itself out of its group', async () => {
    write({
      'package.json': JSON.stringify({ name: 'a', type: 'commonjs', scripts: { wait: `node ${OURS}` } }),
      [OURS]: `
        if (!process.argv[2]) require('node:child_process').spawn(process.execPath, [__filename, 'away'], { detached: true });
        setInterval(() => {}, 1000);`,
    });
    const both = (async () => {
      while (running().length < 2) await untilOneRuns().then(() => sleep(50));
    })();
    expect(await killed(['scripts', 'compare', 'wait'], both)).toBe('SIGKILL');
    expect(await left()).toEqual([]);
  }, 60_000);
});
