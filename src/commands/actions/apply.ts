import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileChange } from '../../model/changeset.ts';
import type { AppliedDocument } from '../../model/documents.ts';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Plan } from '../../model/plan.ts';
import { progressOf, type StepNow, stepsOf } from '../../plan/progress.ts';
import type { Io } from '../../report/io.ts';
import {
  printApplied,
  printLater,
  printPatch,
  printReports,
  printStepDone,
  printStepStart,
} from '../../report/steps.ts';
import { type Attempt, StepFailed } from '../../steps/attempt.ts';
import { type CarryOut, carryOut, type Decision } from '../../steps/carry-out.ts';
import { requireCurrent, requireStanding } from '../../steps/guard.ts';
import { findStep, requireReady, selectSteps } from '../../steps/select.ts';
import { whoCommits } from '../../workspace/git.ts';
import type { PlannedWrite } from '../../workspace/journal.ts';
import { withLock } from '../../workspace/lock.ts';
import { appendState, readState } from '../../workspace/state.ts';
import { redraw } from '../draw.ts';
import { openSteps, type StepFlags } from '../step-host.ts';
import { usage } from '../usage.ts';
import { ownVersion } from '../version.ts';

export interface Options extends StepFlags {
  to?: string;
  again?: boolean;
  yes?: boolean;
  dryRun?: boolean;
  all?: boolean;
  patch?: string;
  prefix: string;
  json?: boolean;
}

/** `migrate apply`. @throws MigrateError as `carryOut` and `selectSteps` */
export async function apply(io: Io, what: string | undefined, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const opened = await openSteps(io, options);
  return goOn(io, opened, what, options);
}

/** `migrate resume`: what was cut off is repaired, and the stage that was under way goes on. */
export async function resume(io: Io, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const opened = await openSteps(io, options);
  const log = readState(opened.repository.root);
  const last = log.findLast(({ detail }) => typeof detail.step === 'string')?.detail.step;
  const stage = opened.plan.stages.find(({ steps }) => steps.some(({ id }) => id === last))?.id;
  const isOpen = stepsOf(opened.plan, log).some((each) => each.stage.id === stage && each.state === 'open');
  return goOn(io, opened, isOpen ? stage : undefined, options);
}

async function goOn(
  io: Io,
  { repository, plan, host }: Awaited<ReturnType<typeof openSteps>>,
  what: string | undefined,
  options: Options,
): Promise<ExitCode> {
  const { root } = repository;
  const log = readState(root);
  const selected = options.again
    ? [doneBefore(plan, log, what, host.kinds)]
    : selectSteps(plan, log, what, options.to);
  const document: AppliedDocument = { schema: 'migrate/applied', version: 1, steps: [], next: null };
  if (selected.some((now) => isChanging(now, host.kinds))) await requireStanding(repository);
  if (selected.length > 0) await requireCurrent(root, plan, log, () => redraw(io, root, plan));
  const how: Omit<CarryOut, 'decide'> = {
    ...{ plan, repository, host, prefix: options.prefix, tool: await ownVersion() },
    checked: (reports) => printReports(io, reports),
  };
  try {
    for (const [index, now] of selected.entries()) {
      printStepStart(io, now.step, placeOf(plan, now));
      if (options.dryRun && !isChanging(now, host.kinds)) {
        for (const { says } of now.step.actions) io.line(`  would: ${says}`);
        document.steps.push(shown(now, null));
        io.line();
        continue;
      }
      const decided: { found?: Attempt } = {};
      const done = await carryOut(now, {
        ...how,
        decide: async (step, found) => {
          decided.found = found;
          return decide(io, step, found, options);
        },
      });
      if (!done) {
        if (options.dryRun) document.steps.push(shown(now, decided.found ?? null));
        if (options.dryRun)
          printLater(
            io,
            selected.slice(index + 1).map(({ step }) => step),
          );
        break;
      }
      const { commit, actions, check } = done.record;
      document.steps.push({ step: now.step.id, outcome: 'done', commit, patch: done.patch, actions, check });
      printStepDone(io, `${options.prefix}${now.step.title}`, commit);
    }
  } catch (error) {
    io.progress(null);
    if (error instanceof StepFailed) printReports(io, error.reports.slice(0, -1));
    if (io.signal.aborted) io.note('Interrupted: the step was not applied, every file is as it was.');
    throw error;
  }
  document.next = nextOf(plan, root);
  if (io.json) io.document(document);
  else printApplied(io, document);
  return ExitCode.ok;
}

/** A step that is done and changes no file, to be carried out once more. @throws MigrateError (exit 2) where it is none */
function doneBefore(
  plan: Plan,
  log: Parameters<typeof stepsOf>[1],
  what: string | undefined,
  kinds: CarryOut['host']['kinds'],
): StepNow {
  if (what === undefined) throw usage('--again needs a step: migrate apply <step> --again.');
  const found = findStep(stepsOf(plan, log), what);
  if (isChanging(found, kinds))
    throw usage(`--again: ${found.step.id} changes files.`, `migrate undo ${found.step.id} opens it again.`);
  requireReady(found.stage);
  return found;
}

/** Shows the patch, and asks where there is somebody to ask. */
async function decide(io: Io, { step }: StepNow, found: Attempt, options: Options): Promise<Decision> {
  const { proposal } = found;
  io.progress(null);
  printReports(io, found.actions);
  if (!proposal || proposal.writes.length === 0) return options.dryRun ? 'stop' : 'apply';
  printPatch(io, proposal.writes.map(asFile), Boolean(options.all));
  if (options.patch) {
    writeFileSync(resolve(io.cwd, options.patch), proposal.patch);
    io.note(`The patch is in ${options.patch}.`);
  }
  if (options.dryRun) return 'stop';
  if (options.yes) return 'apply';
  if (!io.interactive || io.json)
    throw new MigrateError('ANSWER_NEEDED', `${step.id} changes files, and there is no terminal to ask on.`, {
      hint: 'Give --yes to apply what is shown, or --dry-run to only see it.',
      exitCode: ExitCode.answerNeeded,
    });
  const { select } = await import('../questions/prompt.ts');
  const checks = step.check.map(({ says }) => says).join('; ');
  return select<Decision>(
    io,
    `Apply this? It is checked first (${checks}), then one commit.`,
    [
      { name: 'Apply  (recommended: migrate undo takes it back)', value: 'apply' },
      { name: 'Stop here', value: 'stop' },
    ],
    'apply',
  );
}

const NUL = 0;

/** A written file as a diff shows it. */
function asFile({ path, before, after }: PlannedWrite): FileChange {
  const text = (bytes: PlannedWrite['before']): string | null => {
    if (bytes === null) return null;
    const buffer = Buffer.from(bytes);
    return buffer.includes(NUL) ? `(${buffer.length} bytes that are no text)` : buffer.toString('utf8');
  };
  const status = before === null ? 'created' : after === null ? 'deleted' : 'changed';
  return { path, status, oldText: text(before), newText: text(after), edits: [] };
}

const isChanging = ({ step }: StepNow, kinds: CarryOut['host']['kinds']): boolean =>
  step.actions.some(({ says: _, ...action }) => kinds.get(action.do)?.changes(action));

const shown = ({ step }: StepNow, found: Attempt | null): AppliedDocument['steps'][number] => ({
  ...{ step: step.id, outcome: 'shown', commit: null, patch: found?.proposal?.patch ?? '' },
  ...{ actions: found?.actions ?? [], check: [] },
});

const placeOf = (plan: Plan, { stage, step }: StepNow): { at: number; count: number } => {
  const own = plan.stages.find(({ id }) => id === stage.id)?.steps ?? [];
  return { at: own.findIndex(({ id }) => id === step.id) + 1, count: own.length };
};

const nextOf = (plan: Plan, root: string): string | null => progressOf(plan, readState(root)).next[0] ?? null;

/** `migrate skip`: a step is left out, and it is said why and by whom. `migrate undo <step>` opens it again. */
export async function skip(
  io: Io,
  name: string,
  options: Pick<Options, 'dir' | 'json'> & { reason?: string },
): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const reason = options.reason?.trim() ?? '';
  if (reason === '') throw usage('--reason is missing: a step that is left out needs one.');
  const { repository, plan } = await openSteps(io, { dir: options.dir, writes: 'refused' });
  const { root } = repository;
  const found = findStep(stepsOf(plan, readState(root)), name);
  if (found.state === 'done')
    throw new MigrateError('ALREADY_DONE', `${found.step.id} is done.`, {
      hint: `migrate undo ${found.step.id}`,
    });
  await withLock(root, `skip ${found.step.id}`, async () => {
    appendState(root, 'step-skipped', { step: found.step.id, reason, by: await whoCommits(root) });
  });
  const next = nextOf(plan, root);
  if (io.json) {
    const steps = [
      { step: found.step.id, outcome: 'skipped' as const, commit: null, patch: '', actions: [], check: [] },
    ];
    io.document({ schema: 'migrate/applied', version: 1, ...{ steps, next } });
  } else {
    io.line(`Skipped: ${found.step.id} (${reason}). Open it again with migrate undo ${found.step.id}.`);
    if (next) io.line(`Next      ${io.colors.bold(next)}`);
  }
  return ExitCode.ok;
}
