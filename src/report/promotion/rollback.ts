import type { PlanStage } from '../../model/plan.ts';
import type { Rehearsal } from '../../model/promotion.ts';
import { safeLine, wrap } from '../columns.ts';
import { plural } from '../format.ts';
import type { Io } from '../io.ts';

/** What a rehearsal of the way back came to. */
export function printRehearsal(io: Io, rehearsal: Rehearsal, { title, rollback }: PlanStage): void {
  const { bold, green, red, yellow, dim } = io.colors;
  const { outcome, stage, steps, reasons, code } = rehearsal;
  const paint = outcome === 'PASS' ? green : outcome === 'FAIL' ? red : yellow;
  io.line(
    safeLine(`${bold(stage)}  the way back, in a worktree of ${code.commit.slice(0, 8)}  ${dim(title)}`),
  );
  for (const { step, takes, files } of steps) {
    const what = takes === 'nothing' ? 'had changed no file' : plural(files.length, 'file');
    io.line(safeLine(`  ${step}  ${dim(what)}`));
  }
  for (const [index, reason] of reasons.entries())
    for (const text of wrap(index === 0 ? `${outcome}  ` : '      ', reason, 6))
      io.line(safeLine(text.replace(outcome, paint(outcome))));
  for (const text of wrap('Outside of the repository  ', rollback, 2)) io.line(dim(safeLine(text)));
}

/** What was taken back. */
export function printRolledBack(
  io: Io,
  steps: readonly { step: string; commit: string | null }[],
  { id, rollback }: PlanStage,
): void {
  const { green, bold } = io.colors;
  io.line();
  for (const { step, commit } of steps)
    io.line(
      safeLine(`  ${green('✔')} ${step}  ${commit ? `committed ${commit.slice(0, 8)}` : 'open again'}`),
    );
  io.line(`${bold(id)} is taken back: ${plural(steps.length, 'step')}.`);
  for (const text of wrap('Next      ', `${rollback} (outside of the repository)`, 10))
    io.line(safeLine(text));
}
