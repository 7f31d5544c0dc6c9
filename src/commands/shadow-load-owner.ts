import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import type { RunReport } from '../model/verdict.ts';
import type { Io } from '../report/io.ts';
import { type CornerLoad, type LatencyOptions, latencyPhase, loadOwner } from '../shadow/index.ts';
import { cornersOf, type Request } from './shadow-corners.ts';

/** Of the duration of the run's own load. */
const SHORTER = 0.5;

/** Gives what fails under load its owner: the corners of the 2×2 are put under the same load, for half the time. */
export async function attributeLoad(
  io: Io,
  report: RunReport,
  asked: Partial<LatencyOptions>,
  request: Request,
): Promise<RunReport> {
  const { latency } = report;
  if (latency?.outcome !== 'FAIL') return report;
  const { side: sideOf, launch, sameCode, sameRuntime } = await cornersOf(io, request);
  const { routes, writes, timeoutMs } = request.options;
  const names = { old: nameOf(report.sides.old), new: nameOf(report.sides.new) };
  const owner = await loadOwner(
    { code: sameCode, runtime: sameRuntime },
    names,
    async (corner): Promise<CornerLoad> => {
      const { side, title } = sideOf(corner);
      const { effects: _unwatched, answers: _none, ...start } = launch(corner);
      try {
        return await latencyPhase(
          { old: request.old, new: side },
          request.traffic.exchanges,
          { ...start, logs: join(request.logs, 'latency', `${corner.code}-code-${corner.runtime}-runtime`) },
          {
            ...{ ...asked, routes, writes, timeoutMs, starts: 0, signal: io.signal },
            seconds: latency.plan.seconds * SHORTER,
            progress: (text) => io.progress(`whose latency is it: ${title}: ${text}`),
          },
        );
      } catch (error) {
        io.signal.throwIfAborted();
        if (error instanceof MigrateError) return error.message;
        throw error;
      } finally {
        io.progress(null);
      }
    },
  );
  return { ...report, latency: { ...latency, owner } };
}

/** The same where it was not to be asked: the report says that nobody looked. */
export function loadUnowned(report: RunReport): RunReport {
  const { latency } = report;
  if (latency?.outcome !== 'FAIL') return report;
  const why = 'Owner not checked: the run was not to ask who caused what differs (--no-attribute).';
  return { ...report, latency: { ...latency, owner: { kind: 'unknown', why } } };
}

const nameOf = ({ runtime, version }: RunReport['sides']['old']): string => `${runtime} ${version}`;
