import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import { discover } from '../workspace/discover.ts';
import type { Runtime } from './contract.ts';

let found: Promise<Runtime[]> | undefined;

/** Every runtime there is: the default exports of the files in `list/`. */
export function listRuntimes(): Promise<Runtime[]> {
  found ??= discover<Runtime>(new URL('./list/', import.meta.url));
  return found;
}

/** @throws MigrateError UNKNOWN_RUNTIME, naming the ones that exist */
export async function findRuntime(name: string, asked = name): Promise<Runtime> {
  const all = await listRuntimes();
  const runtime = all.find((one) => one.name === name);
  if (runtime) return runtime;
  const names = all.map((one) => one.name).join(', ');
  throw new MigrateError('UNKNOWN_RUNTIME', `There is no runtime "${name}" (in "${asked}").`, {
    hint: `Runtimes: ${names}. Give a version after @, as in node@22 or workers@2026-07-30.`,
    exitCode: ExitCode.usage,
  });
}
