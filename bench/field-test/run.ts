import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareOn, type OnRuntime, RUNTIMES } from './compare.ts';
import { isRefused, NOTHING_CONVERTED, type Trial } from './convert.ts';
import { compareCpu } from './cpu.ts';
import type { Application } from './list.ts';
import { runOwnTests, typeErrors } from './own-tests.ts';
import { copyToStart, prepare } from './prepare.ts';
import type { Converted, Run } from './row.ts';
import { type Runtimes, recordScript } from './script.ts';
import { makeState, startFile } from './start.ts';

/** Where an application is run, and by what. */
export interface Bench {
  clones: string;
  /** A folder of its own; what is installed there is kept. */
  scratch: string;
  cli: string;
  runtimes: Runtimes;
  version: string;
  trial: Trial;
  /** Whether its own tests are run, before and after. */
  tests: boolean;
}

/** Installs an application, converts a copy and compares the two on every runtime. */
export async function run(app: Application, converted: Converted | undefined, bench: Bench): Promise<Run> {
  const { clones, scratch: folder, cli, runtimes, trial } = bench;
  mkdirSync(folder, { recursive: true });
  const result: Run = { date: today(), version: bench.version, failed: null, runtimes: [] };
  try {
    // Not worth an installation: the original would be compared with itself.
    const inPlace = converted?.inPlace !== undefined;
    if (converted && isRefused(converted.node) && !inPlace) throw new Error(NOTHING_CONVERTED);
    const trees = await prepare(app, { clones, scratch: folder, cli, inPlace, trial });
    const har = await recordScript(app, trees.original, folder, runtimes);
    for (const runtime of RUNTIMES) {
      const on = await compareOn(runtime, app, trees, { har, scratch: folder, cli }).catch(
        (error: unknown): OnRuntime => ({ runtime, version: null, failed: said(error, bench), runs: [] }),
      );
      if (on.failed !== null) on.originalBoots = await boots(runtime, app, trees.original, bench);
      result.runtimes.push(on);
    }
    const [onNode] = result.runtimes;
    const paths = [...new Set(onNode?.runs.flatMap(({ plain }) => plain))].slice(0, 3);
    result.cpu = await compareCpu(app, trees, { paths, scratch: folder, runtimes }).catch(
      (error: unknown) => {
        process.stderr.write(`CPU time is not known: ${said(error, bench)}\n`);
        return null;
      },
    );
    if (bench.tests) {
      const { original, converted } = trees;
      result.tests = { before: await runOwnTests(app, original), after: await runOwnTests(app, converted) };
      result.types = { before: await typeErrors(original), after: await typeErrors(converted) };
    }
  } catch (error) {
    result.failed = said(error, bench);
  }
  return result;
}

/** Whether an application starts on a runtime and answers there. */
async function boots(name: string, app: Application, tree: string, { scratch, runtimes }: Bench) {
  const dir = copyToStart(tree, join(scratch, 'boots'));
  try {
    await makeState(app, dir);
    const running = await runtimes.launchApp(
      await runtimes.provisionRuntime(await runtimes.parseSpec(name), {}),
      {
        ...{ dir, entry: startFile(app), runFolder: join(scratch, 'boots-logs') },
        env: { NODE_ENV: 'production', ...app.env },
      },
    );
    await running.stop();
    return true;
  } catch {
    return false;
  }
}

/** What an error says, without the places of this machine. */
export const said = (error: unknown, { scratch, clones }: Pick<Bench, 'scratch' | 'clones'>): string =>
  String(error instanceof Error ? error.message : error)
    .replaceAll(scratch, '…')
    .replaceAll(clones, '…')
    .slice(0, 2_000);

export const today = (): string => new Date().toISOString().slice(0, 10);
