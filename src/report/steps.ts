import type { FileChange } from '../model/changeset.ts';
import type { AppliedDocument } from '../model/documents.ts';
import type { PlanStep } from '../model/plan.ts';
import type { ActionReport } from '../model/state.ts';
import { safeLine, wrap } from './columns.ts';
import { changedLines, printDiff } from './diff.ts';
import { plural } from './format.ts';
import type { Io } from './io.ts';

/** Lines of one file's change that are shown without `--all`. */
const MOST_LINES = 40;

/** The step that is begun. @param of how many the plan's stage has, and which one it is */
export function printStepStart(io: Io, step: PlanStep, of: { at: number; count: number }): void {
  const { bold, dim } = io.colors;
  io.line(
    safeLine(`${bold(step.id)}  ${step.title}  ${dim(`step ${of.at} of ${of.count}, ${step.risk} risk`)}`),
  );
  for (const text of wrap('  ', step.instructions, 2)) io.line(dim(safeLine(text)));
}

/** What actions or checks came to, one line each. */
export function printReports(io: Io, reports: readonly ActionReport[]): void {
  const { green, red, yellow } = io.colors;
  const marks = { done: green('✔'), passed: green('✔'), 'not-checked': yellow('–'), failed: red('✘') };
  for (const { outcome, summary } of reports)
    for (const [index, text] of wrap('  ✔ ', summary, 4).entries())
      io.line(safeLine(index === 0 ? `  ${marks[outcome]} ${text.slice(4)}` : text));
}

/** The exact change, file by file. @param all also of long ones everything */
export function printPatch(io: Io, files: readonly FileChange[], all: boolean): void {
  for (const file of files) {
    const { added, removed } = changedLines(file);
    const { bold, dim } = io.colors;
    io.line();
    io.line(safeLine(`${bold(file.path)}  ${dim(`${file.status}, +${added} −${removed}`)}`));
    const rest = printDiff(io, file, all ? Number.POSITIVE_INFINITY : MOST_LINES);
    if (rest > 0) io.line(dim(`      … ${plural(rest, 'more line')}: --all`));
  }
  if (files.length > 0) io.line();
}

/** The end of a step. */
export function printStepDone(io: Io, subject: string, commit: string | null): void {
  const { green, dim } = io.colors;
  io.line(
    `  ${green('✔')} ${commit ? `committed ${commit.slice(0, 8)}  ${dim(safeLine(subject))}` : 'done'}`,
  );
  io.line();
}

/** The steps behind the next one, which a dry run does not carry out. */
export function printLater(io: Io, steps: readonly PlanStep[]): void {
  if (steps.length === 0) return;
  io.line('Then');
  for (const { id, title } of steps) io.line(safeLine(`  ${id}  ${io.colors.dim(title)}`));
}

/** What was done in all, and what to type next. */
export function printApplied(io: Io, { steps, next }: AppliedDocument): void {
  const count = (outcome: string) => steps.filter((each) => each.outcome === outcome).length;
  const [done, shown] = [count('done'), count('shown')];
  if (shown > 0) io.line('Nothing written: a dry run. The same without --dry-run does it.');
  else if (done === 0) io.line('Nothing was open.');
  else io.line(`${plural(done, 'step')} done.`);
  if (next) io.line(`Next      ${io.colors.bold(next)}`);
}

/** What is different in a plan that was drawn again. @param written where it was written; null when it was only compared */
export function printPlanChanges(io: Io, changes: readonly string[], written: string | null): void {
  if (changes.length === 0) io.line('The plan is as it was: the same verdict, stages and open steps.');
  for (const change of changes) for (const text of wrap('  ~ ', change, 4)) io.line(safeLine(text));
  if (written) io.line(`Written   ${written}`);
  else if (changes.length > 0) io.line(`Next      ${io.colors.bold('migrate plan --rebase')}`);
}
