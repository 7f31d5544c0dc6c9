import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Owner } from '../model/comparison.ts';
import { MigrateError } from '../model/errors.ts';
import type { RunReport } from '../model/verdict.ts';
import type { Io } from '../report/io.ts';
import { newerRelease, type Release, splitSide } from '../runtimes/index.ts';
import {
  attribute,
  type Corner,
  type GivenSide,
  type LaunchOptions,
  launchSides,
  type RouteCode,
  type RunOptions,
  readChanges,
  runShadow,
  startAlone,
  type Traffic,
} from '../shadow/index.ts';

interface Started {
  old: GivenSide;
  new: GivenSide;
  options: RunOptions;
  /** How sides are started. */
  start: Pick<LaunchOptions, 'readyTimeoutMs' | 'effects' | 'state' | 'answers'>;
  logs: string;
}

/** What a run was made of, to make its corners from. */
export interface Request extends Started {
  traffic: Traffic;
  routes: readonly RouteCode[];
}

/** Gives the differences of a report their owners: launches the corners of the 2×2 and reads the change sets. */
export async function attributeRun(io: Io, report: RunReport, request: Request): Promise<RunReport> {
  const { traffic, options } = request;
  const { side: sideOf, launch, sameCode, next, newest } = await cornersOf(io, request);
  const run = async (corner: Corner, exchanges: Traffic['exchanges']): Promise<RunReport | string> => {
    const { side, title } = sideOf(corner);
    try {
      const launched = await launchSides({ old: request.old, new: side }, launch(corner));
      try {
        return await runShadow(
          launched.sides,
          { ...traffic, exchanges },
          { ...options, progress: (done, of) => io.progress(`${title}: ${done + 1} of ${of} exchanges`) },
        );
      } finally {
        await launched.close();
      }
    } catch (error) {
      io.signal.throwIfAborted();
      if (error instanceof MigrateError) return `${title} does not start: ${error.message}`;
      throw error;
    } finally {
      io.progress(null);
    }
  };
  return attribute(report, {
    exchanges: traffic.exchanges,
    sameCode,
    routes: request.routes,
    changes: readChanges(next),
    run: (corner, exchanges) => run(corner, [...exchanges]),
    newest: async () => (await newest())?.name ?? null,
  });
}

/**
 * The error of a new side that does not start, with its owner: whether the old code starts on the new runtime, the new
 * code on the old one, and the new code on the newest release of the new one. The old side was running when it is called.
 */
export async function ownerOfStart(io: Io, error: MigrateError, request: Started): Promise<MigrateError> {
  const { side: sideOf, launch, sameCode, sameRuntime, newest } = await cornersOf(io, request);
  const said: string[] = [];
  /** Whether a corner starts; null where it fails for a reason of its own, which tells nothing. */
  const starts = async (corner: Corner): Promise<boolean | null> => {
    const { side, title } = sideOf(corner);
    const shown = `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
    try {
      await startAlone(side, launch(corner));
      said.push(`${shown} starts.`);
      return true;
    } catch (cause) {
      io.signal.throwIfAborted();
      if (!(cause instanceof MigrateError)) throw cause;
      const isSame = cause.code === error.code;
      said.push(`${shown} ${isSame ? 'does not start either' : 'cannot be asked'}: ${cause.message}`);
      return isSame ? false : null;
    } finally {
      io.progress(null);
    }
  };
  /** The kind of owner after the newest release was asked, where the runtime has or may have a part in it. */
  const afterNewest = async (before: Owner['kind']): Promise<Owner['kind']> => {
    try {
      const release = await newest();
      if (release === null) return before;
      if (!(await starts({ code: 'new', runtime: 'newest' }))) return before;
      const reach = before === 'interaction' ? ' that only the new code reaches' : '';
      said.push(`So it is a fault of ${release.instead}${reach}, gone in ${release.name}: upgrade next.`);
      return 'runtime';
    } catch (cause) {
      io.signal.throwIfAborted();
      if (!(cause instanceof MigrateError)) throw cause;
      said.push(`The newest release was not checked: ${cause.message}`);
      return before;
    }
  };
  let kind: Owner['kind'];
  if (sameCode || sameRuntime) {
    kind = sameCode && sameRuntime ? 'unknown' : sameCode ? 'runtime' : 'codemod';
    said.push(
      kind === 'unknown'
        ? 'Both sides are the same code on the same runtime, and the old one started.'
        : `The old side started, and only the ${sameCode ? 'runtime' : 'code'} is another.`,
    );
    if (kind === 'runtime') kind = await afterNewest(kind);
  } else {
    const byCode = await starts({ code: 'new', runtime: 'old' });
    const byRuntime = await starts({ code: 'old', runtime: 'new' });
    if (byCode === false) kind = byRuntime === false ? 'either' : 'codemod';
    else if (byRuntime === false) kind = 'runtime';
    else kind = byCode && byRuntime ? 'interaction' : 'unknown';
    if (byCode) kind = await afterNewest(kind);
  }
  const sentence = said.join('\n      ');
  return new MigrateError(error.code, error.message, {
    ...{ cause: error, exitCode: error.exitCode },
    hint: `Not the old side: the new one does not start. Owner: ${kind === 'unknown' ? 'not known' : kind}.\n      ${sentence}\n      ${error.hint ?? ''}`.trim(),
  });
}

/** How a corner of the 2×2, and the newest release beside it, is named and started. */
export async function cornersOf(io: Io, request: Started) {
  const [old, next] = [await splitSide(request.old.spec, io.cwd), await splitSide(request.new.spec, io.cwd)];
  const { options } = request;
  let release: Release | null = null;
  const runtimeOf = ({ runtime }: Corner): string =>
    runtime === 'newest' && release ? release.spec : runtime === 'old' ? old.spec.raw : next.spec.raw;
  const titled = (corner: Corner) => `${corner.code} code on ${runtimeOf(corner)}`;
  const progress = (text: string) => io.progress(`whose difference is it: ${text}`);
  return {
    sameCode:
      realpathSync(old.dir) === realpathSync(next.dir) &&
      request.old.entry === request.new.entry &&
      request.new.layer === undefined,
    sameRuntime: old.spec.raw === next.spec.raw,
    next: next.dir,
    side(corner: Corner): { side: GivenSide; title: string } {
      const [{ dir }, { entry, layer }] = corner.code === 'old' ? [old, request.old] : [next, request.new];
      const front = layer === undefined ? {} : { layer };
      return { side: { spec: `${runtimeOf(corner)}:${dir}`, entry, ...front }, title: titled(corner) };
    },
    /** Before the corner `newest` is asked for. @throws MigrateError when it cannot be told or got */
    async newest(): Promise<Release | null> {
      release = await newerRelease(next, { signal: io.signal, progress });
      return release;
    },
    launch: (corner: Corner): LaunchOptions => ({
      ...{ cwd: io.cwd, logs: join(request.logs, `${corner.code}-code-${corner.runtime}-runtime`) },
      ...{ ...request.start, signal: io.signal },
      progress: (text) => progress(`${titled(corner)}: ${text}`),
      redact: (text) => options.redact?.text(text) ?? text,
      notice: () => {},
    }),
  };
}
