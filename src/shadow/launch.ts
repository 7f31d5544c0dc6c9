import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { launchApp, provisionRuntime, type RunningApp, splitSide } from '../runtimes/index.ts';
import { isAlive } from '../workspace/alive.ts';
import { dirtyPaths, headSha, isRepository } from '../workspace/git.ts';
import type { CallBook } from './effects/calls.ts';
import { type SideName, startEgress } from './effects/egress.ts';
import { type Snapshot, snapshot } from './effects/files.ts';
import { temporaryOf, watchEffects } from './effects/watch.ts';
import { alignTimes, isolatedCopy } from './isolate.ts';
import type { LiveSide, Sides } from './side.ts';
import { type GivenState, proveState, putState } from './state.ts';

/** Copies stand in the system's folder for temporary files, named after the process that made them. */
const SCRATCH = 'migrate-shadow-';

/** A side as the user gave it. */
export interface GivenSide {
  /** `node@22:./app`. */
  spec: string;
  /** The file to start; found from package.json when absent. */
  entry?: string;
}

export interface LaunchOptions {
  cwd: string;
  /** Logs of the sides are written to `<logs>/old`, `again` and `new`. */
  logs: string;
  readyTimeoutMs?: number;
  /** Takes secrets out of what the sides print. */
  redact?: (text: string) => string;
  env?: Record<string, string | undefined>;
  /** A file to load into the application of a side before its own code, and variables for it. */
  instrument?(side: keyof Sides): { preload: string; env: Record<string, string> };
  readyPollMs?: number;
  /** What the sides do beside answering is watched. Default true. */
  effects?: boolean;
  /** Calls that an earlier run of these sides has answers of; they are not made again. */
  answers?: CallBook;
  /** The state each side starts with. */
  state?: GivenState;
  signal?: AbortSignal;
  progress?(text: string): void;
  notice?(text: string): void;
}

/** Running sides and the way to end them: stops every process and removes every copy. */
export interface Launched {
  sides: Sides;
  notes: string[];
  close(): Promise<void>;
}

/**
 * Starts old, old again and new, each in a fresh copy of its folder: the user's tree is never written to, and every
 * side begins with the same state. Nothing is left behind when a start fails.
 *
 * @throws MigrateError of the runtimes: unknown runtime, crash at start, never ready (exit code 3)
 */
export async function launchSides(
  given: { old: GivenSide; new: GivenSide },
  options: LaunchOptions,
): Promise<Launched> {
  const { signal, progress, notice } = options;
  // The real path: the application sees it, and it must be recognised in its answers.
  const scratch = await realpath(await mkdtemp(join(tmpdir(), `${SCRATCH}${process.pid}-`)));
  await sweep();
  const apps: RunningApp[] = [];
  const notes: string[] = [];
  const watching = options.effects !== false;
  const egress = watching ? await startEgress(options.answers) : undefined;
  const states = new Map<SideName, Snapshot>();
  const close = async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await egress?.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const launch = async (name: SideName, letter: string): Promise<LiveSide> => {
      const { spec: text, entry } = name === 'new' ? given.new : given.old;
      const { spec, dir } = await splitSide(text, options.cwd);
      progress?.(`${spec.raw}: getting the runtime`);
      const runtime = await provisionRuntime(spec, { signal, progress, notice });
      // Folders of equal length: a path in an answer must not change its Content-Length.
      const copy = await isolatedCopy(dir, join(scratch, letter), signal);
      if (options.state) states.set(name, await putState(options.state, copy, options.cwd, signal));
      if (name !== 'old') await alignTimes(join(scratch, 'a', 'app'), copy, signal);
      const temporary = temporaryOf(copy);
      await mkdir(temporary, { recursive: true });
      const before = watching ? await snapshot(copy) : new Map();
      progress?.(`${spec.raw}: starting ${text}`);
      const instrument = options.instrument?.(name);
      const app = await launchApp(runtime, {
        ...{ dir: copy, entry, signal, preload: instrument?.preload },
        env: { ...options.env, ...instrument?.env },
        ...{ readyTimeoutMs: options.readyTimeoutMs, readyPollMs: options.readyPollMs },
        ...{ runFolder: join(options.logs, name), buildFolder: join(scratch, `${letter}-build`) },
        redact: options.redact,
        ...(egress && { egress: egress.ports[name].url, temporary }),
      }).catch((error) => {
        throw inTheirFolder(error, copy, dir);
      });
      apps.push(app);
      for (const note of app.notes)
        if (name !== 'again') notes.push(`${name} side: ${note.replaceAll(copy, dir)}`);
      const side = liveSide(app, { given: text, dir, copy, gitSha: await commitOf(dir) }, entry, signal);
      if (!egress) return side;
      // The way out has an address of its own on each side, and the application may tell it.
      side.own = { ...side.own, dirs: [...side.own.dirs, egress.ports[name].url] };
      const watched = { copy, temporary, before, app, egress: egress.ports[name], name };
      return { ...side, effects: await watchEffects(watched) };
    };
    const old = await launch('old', 'a');
    const again = await launch('again', 'b');
    const sides: Sides = { old, again, new: await launch('new', 'c') };
    if (egress) sides.egress = egress;
    if (options.state) sides.state = proveState(options.state, states);
    return { sides, notes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** An error that names the user's folder, not the copy of it that is gone when it is read. */
function inTheirFolder(error: unknown, copy: string, dir: string): unknown {
  if (!(error instanceof MigrateError)) return error;
  const { code, message, hint, exitCode } = error;
  const init = { exitCode, cause: error, ...(hint && { hint: hint.replaceAll(copy, dir) }) };
  return new MigrateError(code, message.replaceAll(copy, dir), init);
}

/** Removes copies whose run was killed before it could. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${SCRATCH}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}

function liveSide(
  app: RunningApp,
  from: { given: string; dir: string; copy: string; gitSha: string | null },
  entry: string | undefined,
  interrupt: AbortSignal | undefined,
): LiveSide {
  let ended: string | null = null;
  void app.exited.then(({ code, signal }) => {
    // Stopped because the user interrupted us: that is no crash.
    if (interrupt?.aborted) return;
    const how = signal ? `ended by ${signal}` : `exit code ${code}`;
    const last = app.logs.tail(5).join(' | ');
    ended = last ? `${how}, after: ${last}` : `${how}, without a word`;
  });
  const { runtime } = app;
  return {
    origin: app.origin,
    own: { address: `127.0.0.1:${app.port}`, dirs: [from.copy, join(from.copy, '..', 'tmp'), from.dir] },
    crashed: () => ended,
    memory: () => app.memory(),
    processes: () => app.processes(),
    identity: {
      ...{
        given: from.given,
        runtime: runtime.spec.name,
        version: runtime.version,
        platform: runtime.platform,
      },
      compatibilityDate: runtime.compatibilityDate,
      compatibilityFlags: runtime.compatibilityFlags,
      ...{
        dir: from.given.split(':').slice(1).join(':') || '.',
        entry: entry ?? 'from package.json',
        gitSha: from.gitSha,
      },
      ...{ isolated: true, startMs: Math.round(app.bootMs) },
    },
  };
}

async function commitOf(dir: string): Promise<string | null> {
  try {
    if (!(await isRepository(dir))) return null;
    const sha = await headSha(dir);
    if (sha === null) return null;
    return (await dirtyPaths(dir)).length > 0 ? `${sha}-dirty` : sha;
  } catch {
    // Git is missing or refuses the folder: the commit is not known, which is no reason not to compare.
    return null;
  }
}
