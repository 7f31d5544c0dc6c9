import { closeSync, fstatSync, lstatSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { findRuntime, type RunningApp } from '../../runtimes/index.ts';
import type { Beginning, EffectWatch } from './effect.ts';
import type { EgressPort } from './egress.ts';
import { fileEffects, type Snapshot } from './files.ts';
import { objectEffects } from './objects.ts';

/** What is watched of one side. */
export interface Watched {
  /** The side's copy of the application. */
  copy: string;
  /** Its folder for temporary files. */
  temporary: string;
  before: Snapshot;
  app: RunningApp;
  egress: EgressPort | null;
  name: string;
}

/** Watches a side that runs: what stood in its copy before it started is known. */
export async function watchEffects({
  copy,
  temporary,
  before,
  app,
  egress,
  name,
}: Watched): Promise<EffectWatch> {
  const began: Beginning[] = [];
  const clock = openSync(join(copy, '..', 'clock'), 'w');
  let isOpen = true;
  const { runtime } = app;
  const contract = await findRuntime(runtime.spec.name, runtime.spec.raw);
  // No clock tells when a file was deleted: what is gone now went while the application started.
  const goneAtStart = new Set([...before.keys()].filter((path) => !isThere(join(copy, path))));
  return {
    began(exchange) {
      began.push({ at: Date.now(), exchange, ...(isOpen && tick(clock)) });
      egress?.began(exchange);
    },
    close() {
      if (isOpen) closeSync(clock);
      isOpen = false;
    },
    async collect() {
      const notObserved: string[] = [];
      const limit = egress && contract.egressLimit(runtime.version);
      if (limit) notObserved.push(`${name} side: ${limit}`);
      for (const [host, count] of egress?.tunnels() ?? [])
        notObserved.push(
          `${name} side: what went through ${count} TLS ${count === 1 ? 'connection' : 'connections'} to ${host} is not compared (this side too really made its calls)`,
        );
      const stored = await app.stored().catch((error: Error) => {
        notObserved.push(`${name} side: its R2 and KV objects: ${error.message}`);
        return null;
      });
      // Workers have a memory file system of one request each: nothing is left on a disk.
      const files = (contract.stored ? [] : await fileEffects(copy, before)).map((effect) =>
        effect.did === 'deleted' && goneAtStart.has(effect.place) ? { ...effect, exchange: 0 } : effect,
      );
      const temporaries = contract.stored ? [] : await fileEffects(temporary, new Map(), '<tmp>/');
      return {
        files: [...files, ...temporaries],
        objects: stored && objectEffects(stored, []),
        outgoing: egress?.calls() ?? null,
        ...{ notObserved, began },
      };
    },
  };
}

/**
 * What the file system says the time is, by a file that is written now; nothing when it cannot be. What was written
 * before has an earlier time, what is written from now on this one or a later: the file is written until its time
 * moves on, which Linux 6.13 and newer do at once. Older ones tick every few milliseconds, and are not waited for.
 */
function tick(file: number): { disk?: number } {
  const now = () => {
    writeSync(file, '.', 0);
    return fstatSync(file).mtimeMs;
  };
  try {
    const before = now();
    let disk = now();
    for (let tries = 0; disk === before && tries < 3; tries++) disk = now();
    return { disk };
  } catch {
    // A full disk must not end the run: our own clock is near enough then.
    return {};
  }
}

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Where a side's temporary files go, beside its copy. */
export const temporaryOf = (copy: string): string => join(copy, '..', 'tmp');
