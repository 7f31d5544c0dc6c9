import { shareOf } from './convert.ts';
import type { Row } from './row.ts';

/** What was found of one application, for the terminal. */
export function summary({ converted, failed, run }: Row): string {
  const lines: string[] = [];
  if (failed !== undefined) lines.push(`codemod FAILED ${failed}`);
  for (const target of ['node', 'workers'] as const) {
    const one = converted?.[target];
    if (!one) continue;
    const { handlers, routes, limits, generated, seconds } = one;
    lines.push(
      `${target} ${Math.round((shareOf(one) ?? 0) * 100)}% ${JSON.stringify(handlers)} routes ${JSON.stringify(routes)} limits ${limits.length} lines ${generated} ${seconds.toFixed(1)} s`,
    );
  }
  if (run?.failed) lines.push(`run FAILED ${run.failed}`);
  for (const { runtime, failed: why, runs } of run?.runtimes ?? []) {
    if (why !== null) lines.push(`${runtime} FAILED ${why.slice(0, 800)}`);
    for (const { traffic, verdict, differing, compared, differences } of runs)
      lines.push(
        `${runtime} ${traffic}: ${verdict}, ${differing} of ${compared} differ`,
        ...differences.slice(0, 12).map((one) => `  ${one}`),
      );
  }
  if (run?.cpu) lines.push(`cpu ${run.cpu.original.at.toFixed(3)} → ${run.cpu.converted.at.toFixed(3)} ms`);
  const short = (side: 'before' | 'after') => JSON.stringify({ ...run?.tests?.[side], tail: undefined });
  if (run?.tests?.before) lines.push(`tests ${short('before')} → ${short('after')}`);
  return lines.map((line) => `  ${line}`).join('\n');
}
