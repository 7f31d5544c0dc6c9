import { loadCodemod } from '../codemod/registry.ts';
import { runCodemod } from '../codemod/runner.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Conversion } from '../plan/conversion.ts';
import { needsConversion } from '../plan/index.ts';
import type { Io } from '../report/io.ts';
import { openRepository } from '../workspace/repository.ts';

/** What the dry run may cost: sources it looks at, and milliseconds. Beyond, the plan says that it was not asked. */
export const DRY_RUN_LIMITS = { sources: 6_000, ms: 30_000 };

/**
 * Asks express-to-hono, in a dry run for Workers, what it would do with each route. Changes nothing. A run that fails or
 * takes too long is an answer, too: what it says of the routes is not known.
 */
export async function askConversion(
  io: Io,
  root: string,
  inventory: Inventory,
  limits = DRY_RUN_LIMITS,
): Promise<Conversion> {
  if (!needsConversion(inventory)) return { asked: false, reason: 'there is no route of Express' };
  if (inventory.counts.sources > limits.sources) {
    const count = inventory.counts.sources.toLocaleString('en-US');
    const most = limits.sources.toLocaleString('en-US');
    return {
      asked: false,
      reason: `${count} sources are more than the ${most} that a plan asks about; \`migrate codemod run express-to-hono --target workers\` tells`,
    };
  }
  io.progress('asking express-to-hono about the routes');
  const repository = await openRepository(root);
  const timeout = AbortSignal.timeout(limits.ms);
  try {
    const changes = await runCodemod(await loadCodemod('express-to-hono'), {
      ...{ repository, paths: repository.files, options: { target: 'workers' } },
      signal: AbortSignal.any([io.signal, timeout]),
      progress: (text) => io.progress(text),
    });
    return { asked: true, changes };
  } catch (error) {
    io.signal.throwIfAborted();
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const reason = timeout.aborted
      ? `its dry run took more than ${limits.ms / 1000} s`
      : `its dry run failed: ${said}`;
    return { asked: false, reason };
  }
}
