import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import type { RunReport } from '../model/verdict.ts';
import type { Io } from '../report/io.ts';
import { splitSide } from '../runtimes/index.ts';
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
  type Traffic,
} from '../shadow/index.ts';

interface Request {
  old: GivenSide;
  new: GivenSide;
  traffic: Traffic;
  routes: readonly RouteCode[];
  options: RunOptions;
  /** How sides are started. */
  start: Pick<LaunchOptions, 'readyTimeoutMs' | 'effects' | 'state' | 'answers'>;
  logs: string;
}

/** Gives the differences of a report their owners: launches the corners of the 2×2 and reads the change sets. */
export async function attributeRun(io: Io, report: RunReport, request: Request): Promise<RunReport> {
  const { traffic, options } = request;
  const [old, next] = [await splitSide(request.old.spec, io.cwd), await splitSide(request.new.spec, io.cwd)];
  const real = (dir: string) => realpathSync(dir);
  const run = async (corner: Corner, exchanges: Traffic['exchanges']): Promise<RunReport | string> => {
    const code = corner.code === 'old' ? { ...request.old, dir: old.dir } : { ...request.new, dir: next.dir };
    const runtime = corner.runtime === 'old' ? old.spec.raw : next.spec.raw;
    const title = `${corner.code} code on ${runtime}`;
    try {
      const launched = await launchSides(
        { old: request.old, new: { spec: `${runtime}:${code.dir}`, entry: code.entry } },
        {
          ...{ cwd: io.cwd, logs: join(request.logs, `${corner.code}-code-${corner.runtime}-runtime`) },
          ...{ ...request.start, signal: io.signal },
          progress: (text) => io.progress(`whose difference is it: ${title}: ${text}`),
          redact: (text) => options.redact?.text(text) ?? text,
          notice: () => {},
        },
      );
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
    sameCode: real(old.dir) === real(next.dir) && request.old.entry === request.new.entry,
    routes: request.routes,
    changes: readChanges(next.dir),
    run: (corner, exchanges) => run(corner, [...exchanges]),
  });
}
