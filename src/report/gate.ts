import type { GateReport } from '../model/gates.ts';
import type { Io } from './io.ts';

const MOST = 15;

/** What the gates say, worst first; passed ones are counted only. */
export function printGates(io: Io, { outcome, checks, run }: GateReport): void {
  const { colors } = io;
  const paint = outcome === 'PASS' ? colors.green : outcome === 'FAIL' ? colors.red : colors.yellow;
  io.line(`${colors.bold(paint(outcome))}   run ${run}`);
  const passed = checks.filter((check) => check.outcome === 'PASS');
  const open = checks.filter((check) => check.outcome !== 'PASS');
  const order = ['INVALID', 'FAIL', 'INCONCLUSIVE'];
  const sorted = open.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  for (const check of sorted.slice(0, MOST))
    io.line(`  ${check.outcome.padEnd(12)} ${check.gate} ${check.subject}: ${check.why}`);
  if (open.length > MOST)
    io.line(`  ${colors.dim(`and ${open.length - MOST} more that do not pass (--json lists all)`)}`);
  for (const check of passed.slice(0, open.length > 0 ? 0 : 12))
    io.line(`  ${colors.dim('pass'.padEnd(12))} ${check.gate} ${check.subject}: ${check.why}`);
  const hidden = open.length > 0 ? passed.length : passed.length - 12;
  if (hidden > 0) io.line(`  ${colors.dim(`${hidden} more checks pass`)}`);
}
