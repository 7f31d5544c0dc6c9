import { parse } from 'yaml';
import { z } from 'zod';
import { readShipped } from './shipped.ts';
import type { Flow } from './syntax/flow/flow.ts';
import { type LoadTimeCall, loadTimeCalls } from './syntax/load-time.ts';

const Table = z.strictObject({
  asOf: z.string(),
  source: z.string(),
  /** Calls after which a Worker does not start, when they run while its modules load. */
  refused: z.array(z.string()),
  /** Calls that find no disk of the application there. */
  disk: z.array(z.string()),
});

/** A call that runs while a Worker loads: one that workerd refuses there, or one that needs a disk. */
export interface WorkerLoadCall extends LoadTimeCall {
  kind: 'refused' | 'disk';
  /** As people write it: `setInterval`, `crypto.randomUUID`, `fs.readFileSync`. */
  name: string;
}

let table: z.infer<typeof Table> | undefined;

/** The measured names, with date and source. */
export function workerLoadTable(): z.infer<typeof Table> {
  table ??= Table.parse(parse(readShipped('data/worker-load.yaml')));
  return table;
}

/**
 * The calls of a program that keep a Worker from starting, or fail, because they run while its modules load.
 *
 * @param isWanted whether a file belongs to what is loaded
 */
export function workerLoadCalls(flow: Flow, isWanted: (path: string) => boolean): WorkerLoadCall[] {
  const { refused, disk } = workerLoadTable();
  const found = new Map<string, WorkerLoadCall>();
  for (const call of loadTimeCalls(flow, isWanted)) {
    if (call.origin === 'package') continue;
    const name = [call.module, call.member].filter((part) => part && part !== 'globalThis').join('.');
    const kind = refused.includes(name) ? 'refused' : disk.includes(name) ? 'disk' : null;
    if (kind === null || !isWanted(call.file.path)) continue;
    found.set(`${name} ${call.file.path} ${call.node.start}`, { ...call, kind, name });
  }
  return [...found.values()];
}
