import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { writeFakeNpm } from '../testing/fake-npm.ts';
import {
  APP,
  CLI,
  CODEMOD,
  commit,
  filesIn,
  MANIFEST,
  put,
  root,
  scratch,
  scratchForEach,
  shadow,
  tree,
} from './__fixtures__/shop.ts';

scratchForEach();

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  interface Ended {
    code: number | null;
    signal: NodeJS.Signals | null;
    err: string;
  }

  /** Starts the built command, waits until `under way`, sends SIGINT as a terminal would, and waits for the end. */
  async function interrupt(
    args: string[],
    underWay: () => boolean,
    env: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    if (!existsSync(CLI)) throw new Error('dist is missing: node .tasks/build.mjs');
    const child: ChildProcess = spawn(process.execPath, [CLI, ...args], {
      ...{ cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
    });
    let err = '';
    child.stderr?.on('data', (data) => {
      err += data;
    });
    const ended = new Promise<Ended>((resolve) =>
      child.once('close', (code, signal) => resolve({ code, signal, err })),
    );
    for (const until = Date.now() + 30_000; !underWay() && child.exitCode === null && Date.now() < until; )
      await sleep(10);
    child.kill('SIGINT');
    return ended;
  }

  /** A `git` in front of the real one that leaves a mark when it is asked `question`. */
  function markedGit(question: string): { env: NodeJS.ProcessEnv; asked: () => boolean } {
    const bin = join(scratch, 'bin');
    const mark = join(scratch, 'asked');
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'git'),
      `#!/bin/sh\ncase " $* " in *" ${question} "*) : > '${mark}';; esac\nexec '${real}' "$@"\n`,
    );
    chmodSync(join(bin, 'git'), 0o755);
    return {
      env: { PATH: `${bin}${delimiter}${process.env.PATH}` },
      asked: () => existsSync(mark),
    };
  }

  const INTERRUPTED = { code: 130, signal: null, err: expect.stringMatching(/^error Interrupted\.$/m) };

  it.each([
    ['inventory', ['inventory']],
    ['plan', ['plan', '--target', 'bun']],
  ])('during %s of a large tree ends at once and writes nothing', async (_, args) => {
    put({ 'package.json': MANIFEST, 'app.js': APP });
    const body = 'export const f = (a) => ({ b: a.map((x) => x + 1), c: [1, 2, 3] });\n'.repeat(80);
    for (let at = 0; at < 1_200; at++) put({ [`src/d${at % 30}/m${at}.js`]: body.replaceAll('f', `f${at}`) });
    const { env, asked } = markedGit('ls-files');
    commit();
    expect(await interrupt(args, asked, env)).toMatchObject(INTERRUPTED);
    expect(existsSync(join(root, '.migrate'))).toBe(false);
  });

  // Each step of writing: src/commands/codemod.test.ts; a process that is killed: src/workspace/journal.test.ts.
  it('during codemod run --write leaves every file as it was', async () => {
    put({ 'package.json': MANIFEST, 'app.js': APP });
    commit();
    const before = tree();
    const { env, asked } = markedGit('status');
    const ended = await interrupt([...CODEMOD, '--write'], asked, env);
    expect(ended).toMatchObject(INTERRUPTED);
    expect(ended.err).toContain('Not applied: every file is as it was before.');
    expect(tree()).toEqual(before);
    expect(existsSync(join(root, '.migrate', 'lock'))).toBe(false);
  });

  it('while a runtime is fetched leaves no half of it and no npm', async () => {
    const npm = await writeFakeNpm(scratch);
    const calls = () => filesIn(join(scratch, 'bin')).includes('calls');
    const env = { PATH: npm.path, MIGRATE_CACHE: join(scratch, 'cache') };
    const asked = () => calls() && readFileSync(join(scratch, 'bin', 'calls'), 'utf8').includes('install');
    expect(await interrupt(['runtimes', 'install', 'bun@1'], asked, env)).toMatchObject(INTERRUPTED);
    expect(filesIn(join(scratch, 'cache')).filter((name) => name === 'bun')).toEqual([]);
    await eventually(() => running(scratch).length === 0);
  });

  it('during a shadow run stops every side and removes their copies', async () => {
    const pids = join(scratch, 'pids');
    put({
      'package.json': MANIFEST,
      'app.js': `require('fs').appendFileSync(${JSON.stringify(pids)}, process.pid + ' ' + __dirname + '\\n');
require('http').createServer((req, res) => req.url === '/' ? res.end() : setTimeout(() => res.end('{}'), 3000)).listen(process.env.PORT, '127.0.0.1');`,
    });
    const lines = () => (existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n') : []);
    const ended = await interrupt(shadow(), () => lines().length === 3);
    expect(ended).toMatchObject({ code: 130, signal: null });
    await eventually(() => lines().every((line) => !isAlive(Number(line.split(' ')[0]))));
    for (const line of lines()) expect(existsSync(line.split(' ')[1] ?? '')).toBe(false);
  });

  const python = spawnSync('python3', ['-c', 'import pty']).status === 0;
  it.skipIf(!python)('at the question of plan, on a real terminal, says so and writes nothing', async () => {
    put({ 'package.json': MANIFEST, 'app.js': APP });
    const program = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
text, sent = b'', False
while True:
    try: data = os.read(fd, 4096)
    except OSError: break
    if not data: break
    text += data
    if not sent and b'Cloudflare' in text:
        os.write(fd, b'\\x03')
        sent = True
sys.stdout.buffer.write(text)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;

    const ran = spawnSync('python3', ['-c', program, process.execPath, CLI, 'plan'], {
      ...{ cwd: root, encoding: 'utf8', timeout: 30_000 },
    });
    expect(ran.stdout).toContain('Nothing was written; the tree is as it was.');
    expect([ran.status, existsSync(join(root, '.migrate'))]).toEqual([130, false]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Processes whose command line names the folder. */
function running(folder: string): string[] {
  const list = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  return list.filter((line) => line.includes(folder) && !line.includes('ps -A'));
}

async function eventually(holds: () => boolean): Promise<void> {
  for (const until = Date.now() + 5_000; !holds() && Date.now() < until; ) await sleep(50);
  expect(holds()).toBe(true);
}
