import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { execa } from 'execa';
import type { ScriptRun } from '../model/scripts.ts';
import { guardMark } from '../runtimes/index.ts';
import { signalGroup } from '../runtimes/launch/processes.ts';
import { normalise, ownLines } from './normalise.ts';
import type { SideCopy } from './side.ts';
import type { TestReport } from './tests.ts';
import { witness } from './witness.ts';
import { snapshot, writtenSince } from './written.ts';

/** More output than this of one stream is not compared. */
const MOST_OUTPUT = 20_000_000;
/** Of the package manager or test runner that started us: a script started by hand would not see them. */
const NOT_THE_SCRIPTS =
  /^(?:npm_|NODE_OPTIONS$|BUN_OPTIONS$|NODE_CHANNEL_|INIT_CWD$|MIGRATE_|VITEST|FORCE_COLOR$)/i;

/** A run and what it printed. */
export interface Done {
  run: ScriptRun;
  /** Lines of both streams that are the script's own, normalised. */
  out: string[];
  err: string[];
  files: ReadonlyMap<string, string | null>;
}

export interface RunRequest {
  side: SideCopy;
  /** `npm run` or `bun run`. */
  runner: 'npm' | 'bun';
  name: string;
  /** Arguments that make a test runner write down which tests it ran. */
  tests: TestReport | null;
  /** Texts of all scripts, of both sides: `bun run` prints them. */
  commands: ReadonlySet<string>;
  env: Readonly<Record<string, string>>;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Runs one script to its end in a fresh copy, and tells what it did. */
export async function runScript(request: RunRequest): Promise<Done> {
  const { side, runner, name, tests, timeoutMs, signal } = request;
  await side.refresh();
  const before = snapshot(side.dir);
  const logs = mkdtempSync(join(side.bin, '..', 'run-'));
  const seen = witness(logs);
  const [out, err, times] = [join(logs, 'stdout'), join(logs, 'stderr'), join(logs, 'times')];
  const report = tests === null ? [] : tests.args(join(logs, 'tests.json'));
  const args = [runner, 'run', name, ...(report.length > 0 && runner === 'npm' ? ['--'] : []), ...report];
  const mark = await guardMark();
  const started = performance.now();
  const child = execa('sh', ['-c', `"$@"; code=$?; times > '${times}'; exit $code`, 'sh', ...args], {
    ...{ cwd: side.dir, reject: false, detached: true, stdin: 'ignore', extendEnv: false },
    ...{ stdout: { file: out }, stderr: { file: err } },
    env: { ...environment(side, { ...request.env, ...seen.env }), ...mark },
  });
  let stoppedAfter: number | null = null;
  const stop = () => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL');
  const timer = setTimeout(() => {
    stoppedAfter = timeoutMs;
    stop();
  }, timeoutMs);
  signal.addEventListener('abort', stop);
  const ended = await child;
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  // What it left running would go on writing into the copy.
  stop();
  signal.throwIfAborted();
  const wallMs = Math.round(performance.now() - started);
  const places = { dirs: [side.dir], temporary: [side.temporary] };
  const files = writtenSince(side.dir, before, side.reference, places);
  const lines = (file: string) => ownLines(normalise(readLog(file), places), request.commands);
  return {
    run: {
      command: `${runner} run ${name}`,
      exitCode: ended.exitCode ?? null,
      ...{ stoppedAfter, wallMs },
      cpuMs: stoppedAfter === null ? cpuOf(times) : null,
      written: [...files].map(([path, sha256]) => ({ path, sha256 })),
      ran: seen.ran([side.dir]),
      tests: tests?.read(join(logs, 'tests.json'), readLog(out)) ?? null,
    },
    ...{ out: lines(out), err: lines(err), files },
  };
}

function environment(side: SideCopy, own: Readonly<Record<string, string>>): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && !NOT_THE_SCRIPTS.test(name)) env[name] = value;
  const path = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(`node_modules${sep}.bin`));
  return {
    ...env,
    ...{ PATH: [side.bin, ...path].join(delimiter), TMPDIR: side.temporary },
    // Without a banner before each script, or a note about a newer npm after it.
    ...{ npm_config_loglevel: 'silent', npm_config_update_notifier: 'false', npm_config_fund: 'false' },
    ...{ NO_COLOR: '1', CI: '1' },
    ...own,
  };
}

function readLog(file: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const text = size > 0 ? readFileSync(file) : Buffer.alloc(0);
  return text.subarray(0, MOST_OUTPUT).toString('utf8');
}

/** CPU time of everything a shell waited for, from its `times`: `0m0.31s 0m0.04s` in the second line. See POSIX, sh. */
function cpuOf(file: string): number | null {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return null;
  const [, children = ''] = readFileSync(file, 'utf8').split('\n');
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length === 0) return null;
  return Math.round(1000 * parts.reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0));
}
