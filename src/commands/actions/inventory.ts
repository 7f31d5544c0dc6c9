import { resolve } from 'node:path';
import { collectInventory } from '../../inventory/index.ts';
import { ExitCode } from '../../model/exit.ts';
import { printInventory } from '../../report/inventory.ts';
import type { Io } from '../../report/io.ts';

export interface Options {
  all?: boolean;
  json?: boolean;
}

/** `migrate inventory`. @throws MigrateError when there is no such directory, or no package.json that parses */
export async function inventory(io: Io, dir: string, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const started = performance.now();
  const facts = await collectInventory(resolve(io.cwd, dir), {
    signal: io.signal,
    progress: (text) => io.progress(text),
  });
  io.progress(null);
  if (io.json) io.document(facts);
  else
    printInventory(io, facts, {
      elapsed: performance.now() - started,
      all: options.all ?? false,
    });
  return ExitCode.ok;
}
