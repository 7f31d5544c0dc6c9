import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import { launchApp, provisionRuntime, type RunningApp, splitSide } from '../../runtimes/index.ts';
import { committedTree, headSha, isRepository } from '../../workspace/git.ts';
import type { CallBook } from '../effects/calls.ts';
import type { Egress, SideName } from '../effects/egress.ts';
import { type Snapshot, snapshot } from '../effects/files.ts';
import { temporaryOf, watchEffects } from '../effects/watch.ts';
import { endingOf } from './ending.ts';
import { namesOf } from './environment.ts';
import { alignTimes, isolatedCopy } from './isolate.ts';
import { putInFront } from './layer.ts';
import type { LiveSide } from './side.ts';
import { type GivenState, putState } from './state.ts';

/** A side as the user gave it. */
export interface GivenSide {
  /** `node@22:./app`. */
  spec: string;
  /** The file to start; found from package.json when absent. */
  entry?: string;
  /** What stands in front of it: `workers:./edge`. */
  layer?: string;
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
  instrument?(side: SideName): { preload: string; env: Record<string, string> };
  readyPollMs?: number;
  /** What Deno may do: see the runtimes' own options. */
  permissions?: readonly string[];
  /** What the sides do beside answering is watched. Default true. */
  effects?: boolean;
  /** Calls that an earlier run of these sides has answers of; they are not made again. */
  answers?: CallBook;
  /** The state each side starts with. */
  state?: GivenState;
  signal?: AbortSignal;
  progress?(text: string): void;
  notice?(text: string): void;
  /** Told which side it is, before the error is thrown of an application that does not come up. */
  notStarted?(side: SideName): void;
}

/** A side that runs, with what only the one who started it needs. */
export interface StartedSide {
  side: LiveSide;
  stop(): Promise<unknown>;
  notes: string[];
  /** The environment files it was given. */
  environment: RunningApp['environment'];
  /** The state it began with; absent when none was given. */
  state?: Snapshot;
}

/** Errors before the application's process had a chance, which say nothing of code or runtime. */
const NOT_ITS_OWN = /^(NO_|PORT_TAKEN|BAD_PACKAGE_JSON)/;

/** Folders by side, of equal length: a path in an answer must not change its Content-Length. */
const LETTERS: Record<SideName, string> = { old: 'a', again: 'b', new: 'c' };

/**
 * Starts one side in a fresh copy of its folder, below `scratch`.
 *
 * @throws MigrateError of the runtimes; when the application itself did not come up, `notStarted` was told before
 */
export async function startSide(
  name: SideName,
  { spec: text, entry, layer }: GivenSide,
  scratch: string,
  options: LaunchOptions,
  egress: Egress | undefined,
): Promise<StartedSide> {
  const { signal, progress, notice } = options;
  const letter = LETTERS[name];
  const { spec, dir } = await splitSide(text, options.cwd);
  progress?.(`${spec.raw}: getting the runtime`);
  const runtime = await provisionRuntime(spec, { signal, progress, notice });
  const copy = await isolatedCopy(dir, join(scratch, letter), signal);
  const state = options.state && (await putState(options.state, copy, options.cwd, signal));
  if (name !== 'old') await alignTimes(join(scratch, LETTERS.old, 'app'), copy, signal);
  const temporary = temporaryOf(copy);
  await mkdir(temporary, { recursive: true });
  const before = egress ? await snapshot(copy) : new Map();
  progress?.(`${spec.raw}: starting ${text}`);
  const instrument = options.instrument?.(name);
  const notStarted = (error: unknown): unknown => {
    if (error instanceof MigrateError && !NOT_ITS_OWN.test(error.code)) options.notStarted?.(name);
    return inTheirFolder(error, copy, dir);
  };
  const app = await launchApp(runtime, {
    ...{ dir: copy, original: dir, entry, signal, preload: instrument?.preload },
    ...(options.permissions && { permissions: options.permissions }),
    env: { ...options.env, ...instrument?.env },
    ...{ readyTimeoutMs: options.readyTimeoutMs, readyPollMs: options.readyPollMs },
    ...{ runFolder: join(options.logs, name), buildFolder: join(scratch, `${letter}-build`) },
    redact: options.redact,
    ...(egress && { egress: egress.ports[name].url, temporary }),
  }).catch((error) => {
    throw notStarted(error);
  });
  const from = { given: text, dir, copy, ...(await codeOf(dir)) };
  const stopped = { asked: false };
  const wasAsked = () => stopped.asked || signal?.aborted === true;
  const side = liveSide(app, from, entry, wasAsked);
  if (egress) {
    // The way out has an address of its own on each side, and the application may tell it.
    side.own = { ...side.own, dirs: [...side.own.dirs, egress.ports[name].url] };
    const watched = { copy, temporary, before, app, egress: egress.ports[name], name };
    side.effects = await watchEffects(watched);
  }
  const stop = () => {
    stopped.asked = true;
    side.effects?.close();
    return app.stop();
  };
  const where = { scratch: join(scratch, `${letter}-layer`), logs: join(options.logs, `${name}-layer`) };
  const whole =
    layer === undefined
      ? { side, stop }
      : await putInFront({ side, stop }, layer, { ...options, ...where, wasAsked }).catch((error) => {
          throw notStarted(error);
        });
  return {
    ...whole,
    notes: app.notes.map((note) => `${name} side: ${note.replaceAll(copy, dir)}`),
    environment: app.environment,
    ...(state && { state }),
  };
}

/** An error that names the user's folder, not the copy of it that is gone when it is read. */
function inTheirFolder(error: unknown, copy: string, dir: string): unknown {
  if (!(error instanceof MigrateError)) return error;
  const { code, message, hint, exitCode } = error;
  const init = { exitCode, cause: error, ...(hint && { hint: hint.replaceAll(copy, dir) }) };
  return new MigrateError(code, message.replaceAll(copy, dir), init);
}

function liveSide(
  app: RunningApp,
  from: { given: string; dir: string; copy: string; gitSha: string | null; tree: string | null },
  entry: string | undefined,
  wasAsked: () => boolean,
): LiveSide {
  const { runtime } = app;
  return {
    origin: app.origin,
    own: { address: `127.0.0.1:${app.port}`, dirs: [from.copy, join(from.copy, '..', 'tmp'), from.dir] },
    crashed: endingOf(app, wasAsked, (said) => said.replaceAll(from.copy, from.dir)),
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
        ...{ gitSha: from.gitSha, tree: from.tree },
      },
      ...{ isolated: true, startMs: Math.round(app.bootMs) },
      ...(app.environment.length > 0 && { environmentFiles: namesOf(app.environment) }),
    },
  };
}

async function codeOf(dir: string): Promise<{ gitSha: string | null; tree: string | null }> {
  const unknown = { gitSha: null, tree: null };
  try {
    if (!(await isRepository(dir))) return unknown;
    const sha = await headSha(dir);
    if (sha === null) return unknown;
    const tree = await committedTree(dir);
    return { gitSha: tree === null ? `${sha}-dirty` : sha, tree };
  } catch {
    // Git is missing or refuses the folder: the commit is not known, which is no reason not to compare.
    return unknown;
  }
}
