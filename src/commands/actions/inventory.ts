import { resolve } from 'node:path';
import { collectInventory } from '../../inventory/index.ts';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import { FindingTarget } from '../../model/inventory.ts';
import { printFindings } from '../../report/findings.ts';
import { printInventory } from '../../report/inventory.ts';
import type { Io } from '../../report/io.ts';

export interface Options {
  all?: boolean;
  json?: boolean;
  /** True: for all targets. */
  findings?: boolean | string;
}

/** `migrate inventory`. @throws MigrateError when there is no such directory, or no package.json that parses */
export async function inventory(io: Io, dir: string, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const target = targetOf(options.findings);
  const started = performance.now();
  const facts = await collectInventory(resolve(io.cwd, dir), {
    signal: io.signal,
    progress: (text) => io.progress(text),
  });
  io.progress(null);
  if (io.json) io.document(facts);
  else if (options.findings) printFindings(io, facts, target);
  else
    printInventory(io, facts, {
      elapsed: performance.now() - started,
      all: options.all ?? false,
    });
  return ExitCode.ok;
}

/** The target that is asked for; null: all. @throws MigrateError (exit 2) `UNKNOWN_TARGET` */
function targetOf(value: Options['findings']): FindingTarget['target'] | null {
  if (typeof value !== 'string') return null;
  const found = FindingTarget.shape.target.safeParse(value);
  if (found.success) return found.data;
  throw new MigrateError('UNKNOWN_TARGET', `--findings ${value} is not a target.`, {
    hint: 'Targets: node, bun, deno, workers; without one all are told.',
    exitCode: ExitCode.usage,
  });
}
