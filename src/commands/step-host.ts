import { resolve } from 'node:path';
import { ErrorDocument } from '../model/documents.ts';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { Plan } from '../model/plan.ts';
import { readPlan } from '../plan/store.ts';
import type { Io } from '../report/io.ts';
import type { StepHost } from '../steps/attempt.ts';
import { settle } from '../steps/carry-out.ts';
import { completeAll } from '../steps/complete.ts';
import type { Ran } from '../steps/contract.ts';
import { actionKinds } from '../steps/kinds.ts';
import { dropLeftWorktrees } from '../steps/worktree.ts';
import { withLock } from '../workspace/lock.ts';
import { repairInterruptedRun } from '../workspace/ready.ts';
import { openRepository, type Repository } from '../workspace/repository.ts';

/** What the commands for steps have in common. */
export interface StepFlags {
  dir: string;
  answer?: string;
  writes: string;
  traffic?: string;
  latency?: boolean;
}

/**
 * Opens a repository with a plan: what an earlier run left is repaired first.
 *
 * @throws MigrateError `NO_PLAN` (exit 3), and of the repairs
 */
export async function openPlanned(io: Io, dir: string): Promise<{ repository: Repository; plan: Plan }> {
  const directory = resolve(io.cwd, dir);
  for (const sentence of await repairInterruptedRun(directory)) io.note(sentence);
  const repository = await openRepository(directory);
  const plan = readPlan(repository.root);
  if (plan) return { repository, plan };
  throw new MigrateError('NO_PLAN', 'There is no plan yet: .migrate/plan.json is missing.', {
    hint: 'Draw it with `migrate plan`.',
  });
}

/**
 * Opens the repository for steps: what an earlier run left is repaired and completed first.
 *
 * @throws MigrateError `NO_PLAN` (exit 3), and of the repairs
 */
export async function openSteps(
  io: Io,
  flags: StepFlags,
): Promise<{ repository: Repository; plan: Plan; host: StepHost }> {
  const { repository, plan } = await openPlanned(io, flags.dir);
  const { root } = repository;
  const host = await hostOf(io, root, flags);
  if (repository.git)
    await withLock(root, 'repair', async () => {
      await dropLeftWorktrees(root);
      for (const completed of await completeAll(root)) {
        io.note(`${completed.logged.detail.step} had been interrupted after its commit; it is now complete.`);
        await settle(completed, host);
      }
    });
  return { repository, plan, host };
}

async function hostOf(io: Io, home: string, flags: StepFlags): Promise<StepHost> {
  const { writes } = flags;
  if (writes !== 'refused' && writes !== 'isolated')
    throw new MigrateError('USAGE', `--writes is "isolated" or "refused", not "${writes}".`, {
      exitCode: ExitCode.usage,
    });
  let given = flags.answer;
  return {
    ...{ home, writes, signal: io.signal, kinds: await actionKinds() },
    traffic: flags.traffic === undefined ? null : trafficFile(io, flags.traffic),
    latency: Boolean(flags.latency),
    progress: (text) => io.progress(text || null),
    migrate: (args) => runInside(io, home, args),
    ask: async (question) => {
      const answer = given;
      given = undefined;
      if (answer !== undefined) return answer;
      const { input } = await import('./questions/prompt.ts');
      return input(io.json ? { ...io, interactive: false } : io, question, 'kept; "no" leaves the step open');
    },
  };
}

/** As given, but for where it is looked up: comparisons run in the folder of the repository. */
const trafficFile = (io: Io, given: string): string => (given === 'routes' ? given : resolve(io.cwd, given));

/** Runs another command of this program in a folder; what it says is kept, not printed. */
async function runInside(io: Io, cwd: string, args: readonly string[]): Promise<Ran> {
  const said: string[] = [];
  let document: unknown = null;
  const inner: Io = {
    ...{ cwd, interactive: false, json: true, colors: io.colors, signal: io.signal },
    progress: (text) => io.progress(text),
    line: (text = '') => void said.push(text),
    note: (text) => void said.push(text),
    document: (value) => {
      document = value;
    },
  };
  // Loaded late: main discovers the command that is running.
  const { main } = await import('./main.ts');
  const code = await main([...args, '--json'], inner);
  io.signal.throwIfAborted();
  const error = ErrorDocument.safeParse(document).data;
  return { code, document, said: error?.message ?? said.join('\n') };
}
