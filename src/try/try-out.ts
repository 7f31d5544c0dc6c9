import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import type { Try } from '../model/try.ts';
import { newScratch, runId } from '../shadow/index.ts';
import { identityOf } from '../workspace/identity.ts';
import type { TryOptions } from './context.ts';
import { askedRoutes } from './routes/asked.ts';
import type { Making } from './rows.ts';
import { exampleOf } from './starting/example.ts';
import type { Given } from './starting/given.ts';
import { prepareBase } from './starting/prepare.ts';
import { type Found, tryWays } from './try-ways.ts';
import type { Way } from './ways.ts';

/**
 * Tries an application in several ways, in scratch copies: whether it starts, whether it answers the same, how fast. The
 * first way is what everything is held against. Nothing of the user's is written to.
 *
 * @throws MigrateError NO_ENTRY, NOT_BUILT, NOT_INSTALLED, STATE_COMMAND_FAILED (exit code 3), the signal's reason
 */
export async function tryOut(options: TryOptions): Promise<Try> {
  const { repository, inventory, ways, progress } = options;
  const startedAt = new Date();
  const scratch = await newScratch();
  try {
    progress('copying the application');
    const identity = await identityOf(repository);
    const given: Given = {
      ...{ root: repository.root, inventory, setup: options.setup, env: options.env },
      ...(options.entry !== undefined && { entry: options.entry }),
    };
    const base = await prepareBase(given, join(scratch, 'base'), options);
    const making: Making = { options, given: base.given, base, scratch, converted: new Map() };
    const { asked, traffic, ...done } = await tryWithExample(ways, making);
    return {
      ...{ schema: 'migrate/try', version: 1, id: runId(startedAt), madeAt: startedAt.toISOString() },
      durationMs: Date.now() - startedAt.getTime(),
      tool: options.tool,
      machine: {
        platform: `${process.platform}-${process.arch}`,
        ...{ cores: cpus().length, cpu: cpus()[0]?.model.trim() ?? 'not told' },
      },
      project: {
        name: inventory.name || basename(repository.root),
        ...{ routes: asked ?? inventory.routes.length, entry: base.entry },
      },
      identity,
      ...done,
      warnings: [...base.notes, ...traffic.warnings, ...done.warnings],
    };
  } finally {
    progress(null);
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What was found, and what was asked: how many routes the application named itself, where the code told none. */
type Told = Found & { asked: number | undefined; traffic: TryOptions['traffic'] };

/**
 * Tries the ways. Where the application does not start, nobody named variables for it, and its repository has an example
 * of them in place of an environment file, it is tried once more with those, and that is said.
 */
async function tryWithExample(ways: readonly Way[], making: Making): Promise<Told> {
  const { options, base } = making;
  const example = Object.keys(options.env).length === 0 ? exampleOf(base.dir) : null;
  const first = await tryAsked(ways, making, example !== null);
  const why = first.ways.find(({ baseline }) => baseline)?.failed ?? null;
  if (example === null || why === null) return first;
  options.progress(`starting it with the values of ${example.file}`);
  const env = example.variables;
  const again = await tryAsked(
    ways,
    { ...making, options: { ...options, env }, converted: new Map() },
    false,
  );
  const said = `It does not start without variables (${why}), and there is no .env: the values of ${example.file} were taken.`;
  return { ...again, warnings: [said, ...again.warnings] };
}

async function tryAsked(ways: readonly Way[], making: Making, isFirst: boolean): Promise<Told> {
  const asked = await askedRoutes(making);
  const options = asked ? { ...making.options, ...asked } : making.options;
  const found = await tryWays(ways, { ...making, options }, isFirst);
  return { ...found, asked: asked?.routes.length, traffic: options.traffic };
}

/** Whether the application of today started, so that something was held against it. */
export const hasBaseline = ({ ways }: Try): boolean =>
  ways.some((way) => way.baseline && way.failed === null);
