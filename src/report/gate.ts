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
  for (const check of open)
    io.line(`  ${check.outcome.padEnd(12)} ${check.gate} ${check.subject}: ${check.why}`);
  for (const check of passed.slice(0, open.length > 0 ? 0 : 12))
    io.line(`  ${colors.dim('pass'.padEnd(12))} ${check.gate} ${check.subject}: ${check.why}`);
  const hidden = open.length > 0 ? passed.length : passed.length - 12;
  if (hidden > 0) io.line(`  ${colors.dim(`${hidden} more checks pass`)}`);
}
