import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProbedModule, ProbeFinding } from '../../model/probe-table.ts';
import type { ProvisionedRuntime } from '../../model/runtime.ts';
import { findRuntime } from '../../runtimes/index.ts';
import { said } from '../inside/check.ts';
import { runLimited } from '../limited.ts';
import { steady } from '../words.ts';
import type { StartedSubject } from './contract.ts';
import environment from './environment.ts';
import flags from './flags.ts';

interface Asked {
  runtime: ProvisionedRuntime;
  folder: string;
  signal: AbortSignal;
  wants(module: string): boolean;
  progress(text: string): void;
}

/** The flags a runtime is given and the environment it reads. None of a runtime that starts no programs. */
export async function startedModules(asked: Asked): Promise<ProbedModule[]> {
  const { plainArgs } = await findRuntime(asked.runtime.spec.name);
  if (!plainArgs) return [];
  const found: ProbedModule[] = [];
  for (const subject of [flags, environment]) {
    if (!asked.wants(subject.module)) continue;
    asked.progress(`${asked.runtime.spec.raw}: ${subject.module}`);
    const own: ProbedModule = { module: subject.module, works: [], found: [], absent: [] };
    for (const [name, check] of Object.entries(subject.checks)) {
      const outcome = await outcomeOf(check, asked, plainArgs);
      if (outcome === null) own.works.push(name);
      else own.found.push({ ...named(name), ...outcome });
    }
    found.push(own);
  }
  return found;
}

function named(name: string): Pick<ProbeFinding, 'member' | 'of'> {
  const [member = '', ...of] = name.split(' ');
  return { member, ...(of.length > 0 && { of: of.join(' ') }) };
}

async function outcomeOf(
  check: StartedSubject['checks'][string],
  { runtime, folder, signal }: Asked,
  plainArgs: readonly string[],
): Promise<Pick<ProbeFinding, 'level' | 'saw'> | null> {
  const own = await mkdtemp(join(folder, 'run-'));
  try {
    const outcome = await check(
      async ({ flags: given = [], env = {}, files = {}, program, entry = 'main.cjs' }) => {
        for (const [path, text] of Object.entries({ [entry]: program, ...files }))
          await writeFile(join(own, path), text);
        return runLimited([runtime.binary, ...plainArgs, ...given, entry], {
          cwd: own,
          env,
          silentMs: 30_000,
          signal,
        });
      },
    );
    return outcome ? { ...outcome, saw: steady(outcome.saw, [own, folder, runtime.binary]) } : null;
  } catch (error) {
    signal.throwIfAborted();
    return { level: 'throws', saw: steady(said(error), [own, folder, runtime.binary]) };
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
