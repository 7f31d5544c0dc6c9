import { loadCodemod } from '../codemod/registry.ts';
import { runCodemod } from '../codemod/runner.ts';
import { collectInventory, type OpenSources, openSources } from '../inventory/index.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Conversion } from '../plan/conversion.ts';
import { needsConversion } from '../plan/index.ts';
import type { Io } from '../report/io.ts';
import { isSource } from '../workspace/text.ts';

/** What the dry run may cost: sources it looks at, and milliseconds. Beyond, the plan says that it was not asked. */
const DRY_RUN_LIMITS = { sources: 6_000, ms: 30_000 };

/** The facts that a plan is drawn from, and what express-to-hono says of the routes. */
export interface PlanFacts {
  inventory: Inventory;
  conversionOf(): Promise<Conversion>;
}

/**
 * Reads a directory's facts. Where the package there depends on Express, express-to-hono is asked first, while other
 * threads read the sources; else once it is known that there are routes.
 *
 * @param where put before what is said of the progress
 */
export async function factsOf(io: Io, dir: string, where = ''): Promise<PlanFacts> {
  const progress = (text: string) => io.progress(`${where}${text}`);
  const opened = await openSources(dir, { signal: io.signal, progress });
  await opened.reader.readAhead();
  const { dependencies } = opened.repository.packageJson;
  const early = dependencies?.express === undefined ? null : await ask(io, opened, progress);
  const inventory = await collectInventory(dir, { signal: io.signal, progress, opened });
  return {
    inventory,
    conversionOf: async () =>
      needsConversion(inventory)
        ? (early ?? (await ask(io, opened, progress)))
        : { asked: false, reason: 'there is no route of Express' },
  };
}

/**
 * Asks express-to-hono, in a dry run for Workers, what it would do with each route. Changes nothing. A run that fails or
 * takes too long is an answer, too: what it says of the routes is not known.
 */
async function ask(
  io: Io,
  { repository, reader }: OpenSources,
  progress: (text: string) => void,
): Promise<Conversion> {
  const sources = repository.files.filter(isSource).length;
  if (sources > DRY_RUN_LIMITS.sources) {
    const [count, most] = [sources, DRY_RUN_LIMITS.sources].map((each) => each.toLocaleString('en-US'));
    return {
      asked: false,
      reason: `${count} sources are more than the ${most} that a plan asks about; \`migrate codemod run express-to-hono --target workers\` tells`,
    };
  }
  progress('asking express-to-hono about the routes');
  const timeout = AbortSignal.timeout(DRY_RUN_LIMITS.ms);
  try {
    const changes = await runCodemod(await loadCodemod('express-to-hono'), {
      ...{ repository, paths: repository.files, options: { target: 'workers' } },
      modules: await reader.modules(),
      signal: AbortSignal.any([io.signal, timeout]),
      progress,
    });
    return { asked: true, changes };
  } catch (error) {
    io.signal.throwIfAborted();
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const reason = timeout.aborted
      ? `its dry run took more than ${DRY_RUN_LIMITS.ms / 1000} s`
      : `its dry run failed: ${said}`;
    return { asked: false, reason };
  }
}
