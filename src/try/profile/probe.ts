import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOOK_MS = 50;
const LAST_MS = 5_000;

/**
 * Loaded before the application: it profiles between the moments that two files appear, and writes what it has. An option of
 * the command line would profile the start as well, and need a clean end, which not every application has.
 */
const PROGRAM = `'use strict';
const { Session } = require('node:inspector');
const { existsSync, writeFileSync, renameSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');
const folder = process.env.MIGRATE_PROFILE;
if (folder && isMainThread) {
  const session = new Session();
  let on = false;
  const timer = setInterval(() => {
    if (!on && existsSync(folder + '/go')) {
      on = true;
      session.connect();
      session.post('Profiler.enable');
      session.post('Profiler.setSamplingInterval', { interval: 500 });
      session.post('Profiler.start');
    } else if (on && existsSync(folder + '/stop')) {
      clearInterval(timer);
      session.post('Profiler.stop', (error, result) => {
        if (error) return;
        const file = folder + '/' + process.pid;
        writeFileSync(file + '.part', JSON.stringify(result.profile));
        renameSync(file + '.part', file + '.cpuprofile');
      });
    }
  }, ${LOOK_MS});
  timer.unref();
}
`;

/** A CPU profile as V8 writes it. */
export interface RawProfile {
  nodes: readonly {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  samples: readonly number[];
  /** Microseconds before each sample. */
  timeDeltas: readonly number[];
}

/** @param folder an existing folder that is the profile's own */
export function profileProbe(folder: string) {
  const preload = join(folder, 'profile-probe.cjs');
  writeFileSync(preload, PROGRAM);
  return {
    instrument: () => ({ preload, env: { MIGRATE_PROFILE: folder } }),
    /** Begins, and waits until every process has seen it. */
    async start() {
      writeFileSync(join(folder, 'go'), '');
      await later(2 * LOOK_MS);
    },
    /** Ends. @returns the profile of the busiest process; null where none was written */
    async stop(): Promise<RawProfile | null> {
      writeFileSync(join(folder, 'stop'), '');
      const names = () => readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
      for (let waited = 0; names().length === 0 && waited < LAST_MS; waited += LOOK_MS) await later(LOOK_MS);
      if (!existsSync(folder) || names().length === 0) return null;
      // Of a cluster, each process writes its own.
      await later(2 * LOOK_MS);
      const all = names().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as RawProfile);
      return all.sort((a, b) => busySamples(b) - busySamples(a))[0] ?? null;
    },
  };
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function busySamples({ nodes, samples }: RawProfile): number {
  const idle = new Set(
    nodes.flatMap(({ id, callFrame }) =>
      /^\((idle|program|root)\)$/.test(callFrame.functionName) ? [id] : [],
    ),
  );
  return samples.filter((id) => !idle.has(id)).length;
}
