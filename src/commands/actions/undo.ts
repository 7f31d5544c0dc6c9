import { resolve } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import { readPlan } from '../../plan/store.ts';
import type { Io } from '../../report/io.ts';
import { printJournal, printStepUndone, printUndone } from '../../report/journal.ts';
import { settle } from '../../steps/carry-out.ts';
import { type UndoableStep, undoable, undoStep } from '../../steps/undo.ts';
import { entries, undo } from '../../workspace/journal.ts';
import { withLock } from '../../workspace/lock.ts';
import { repairInterruptedRun } from '../../workspace/ready.ts';
import { openRepository } from '../../workspace/repository.ts';
import { appendState, readState } from '../../workspace/state.ts';
import { takeOutWaivers } from '../../workspace/waivers/write.ts';
import { openSteps } from '../step-host.ts';
import { usage } from '../usage.ts';

export interface Options {
  prefix: string;
  list?: boolean;
  dir: string;
  json?: boolean;
}

/** `migrate undo`. @throws MigrateError when there is nothing to restore, or a file was changed since */
export async function takeBack(io: Io, id: string | undefined, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const directory = resolve(io.cwd, options.dir);
  for (const sentence of await repairInterruptedRun(directory)) io.note(sentence);
  const repository = await openRepository(directory, { packageJson: 'optional' });
  const { root } = repository;
  if (options.list) {
    const changes = entries(root);
    if (io.json) io.document({ schema: 'migrate/changes', version: 1, ...{ changes } });
    else printJournal(io, changes);
    return ExitCode.ok;
  }
  const step = stepToUndo(root, id);
  if (step) return undoOne(io, step, options);
  // Nothing to undo is said without the lock, which leaves a folder behind.
  if (entries(root).length === 0) undo(root, id);
  const entry = await withLock(root, 'undo', async () => {
    const undone = undo(root, id);
    appendState(root, 'undone', { journal: undone.id });
    takeOutWaivers(root, undone.id);
    return undone;
  });
  if (io.json) io.document(entry);
  else printUndone(io, entry);
  return ExitCode.ok;
}

/** The step that is named by its id or by its change, or that made the last change; null where no step is meant. */
function stepToUndo(root: string, id: string | undefined): UndoableStep | null {
  const steps = undoable(readState(root));
  const isNamed = ({ step, journal }: UndoableStep) =>
    step === id || step.endsWith(`/${id}`) || journal === id;
  if (id !== undefined) {
    const named = steps.filter(isNamed);
    const [one, other] = named;
    if (one && other)
      throw usage(
        `${id} is several steps: ${named.map(({ step }) => step).join(', ')}.`,
        'Give the whole name.',
      );
    if (!one && isOpenStep(root, id))
      throw new MigrateError('NOTHING_TO_UNDO', `The step ${id} is open: there is nothing to take back.`);
    return one ?? null;
  }
  const last = entries(root).findLast(({ stage }) => stage === 'committed');
  return steps.find(({ journal }) => journal !== null && journal === last?.id) ?? null;
}

const isOpenStep = (root: string, name: string): boolean =>
  readPlan(root)?.stages.some(({ steps }) =>
    steps.some(({ id }) => id === name || id.endsWith(`/${name}`)),
  ) ?? false;

async function undoOne(io: Io, step: UndoableStep, options: Options): Promise<ExitCode> {
  const { repository, plan, host } = await openSteps(io, { dir: options.dir, writes: 'refused' });
  const actions = plan.stages.flatMap(({ steps }) => steps).find(({ id }) => id === step.step)?.actions ?? [];
  const { prefix } = options;
  const undone = await undoStep(repository, step, actions, { prefix, signal: io.signal });
  await settle(undone?.completed ?? null, host);
  io.progress(null);
  const log = readState(repository.root);
  const commit = log.findLast(({ event }) => event === 'undone')?.detail.commit;
  if (io.json)
    io.document({
      ...{ schema: 'migrate/undone', version: 1, step: step.step },
      ...{ files: undone?.entry.files.map(({ path }) => path) ?? [], commit: undone ? String(commit) : null },
    });
  else printStepUndone(io, step.step, undone?.entry ?? null, undone ? String(commit) : null);
  return ExitCode.ok;
}
