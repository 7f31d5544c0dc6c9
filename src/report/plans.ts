import type { Plan } from '../model/plan.ts';
import { safeLine, wrap } from './columns.ts';
import { plural } from './format.ts';
import type { Io } from './io.ts';

/** Blockers of one service on the first screen; its own plan shows the rest. */
const MOST_BLOCKERS = 3;

/** Prints the plans of a monorepo's services one after the other: verdict, what it goes by, blockers, what to type. */
export function printPlans(
  io: Io,
  plans: readonly { folder: string; plan: Plan }[],
  failed: readonly { folder: string; reason: string }[],
): void {
  const c = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  line(`${plural(plans.length + failed.length, 'service')}, each planned by itself`);
  for (const { folder, plan } of plans) {
    line();
    line(`${c.bold(folder)}  ${c.dim(plan.project.summary)}`);
    for (const text of wrap('  Verdict   ', plan.verdict.sentence, 12)) line(text);
    for (const { sentence } of plan.verdict.because.slice(0, 2))
      for (const text of wrap('            ', sentence, 12)) line(c.dim(text));
    for (const { sentence } of plan.blockers.slice(0, MOST_BLOCKERS))
      for (const text of wrap('  Blocks    ', sentence, 12)) line(text);
    const rest = plan.blockers.length - MOST_BLOCKERS;
    if (rest > 0) line(`            and ${rest} more`);
    line(`  Written   ${folder === '.' ? '' : `${folder}/`}.migrate/plan.json`);
    line(`  Next      ${c.bold(`migrate plan ${folder} --target ${plan.target.spec} --explain`)}`);
  }
  for (const { folder, reason } of failed) {
    line();
    line(`${c.bold(folder)}  ${c.red('not planned')}`);
    for (const text of wrap('  ', reason, 2)) line(text);
  }
}
