import { join } from 'node:path';
import { findRuntime, type RunningApp } from '../../runtimes/index.ts';
import type { EffectWatch } from './effect.ts';
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
  const began: { at: number; exchange: number }[] = [];
  const { runtime } = app;
  const contract = await findRuntime(runtime.spec.name, runtime.spec.raw);
  return {
    began(exchange) {
      began.push({ at: Date.now(), exchange });
      egress?.began(exchange);
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
      const files = contract.stored ? [] : await fileEffects(copy, before);
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

/** Where a side's temporary files go, beside its copy. */
export const temporaryOf = (copy: string): string => join(copy, '..', 'tmp');
