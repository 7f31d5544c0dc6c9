import { at } from '../../model/at.ts';
import type { PlatformJudgement } from '../../model/platform.ts';
import { safeLine, wrap } from '../columns.ts';
import type { Io } from '../io.ts';
import { printNotChecked } from '../plan.ts';

/** Prints what rules say of a platform. */
export function printPlatform(io: Io, judged: PlatformJudgement): void {
  const { bold, dim, green, red, yellow } = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const { title, project, sentence, verdict, findings, limits, suits, asOf, source, notChecked } = judged;
  line(`${bold(project)} → ${bold(title)}  ${dim('judged by rules, not run; nothing was written')}`);
  line();
  const colour = verdict === 'blocked' ? red : verdict === 'unknown' ? yellow : green;
  for (const text of wrap('', sentence, 0)) line(colour(text));
  for (const text of wrap('', `It suits ${suits}.`, 0)) line(text);
  for (const severity of ['blocks', 'differs'] as const) {
    const own = findings.filter((finding) => finding.severity === severity);
    if (own.length === 0) continue;
    line();
    line(severity === 'blocks' ? 'Blocks' : 'Will differ');
    for (const finding of own) {
      const place = finding.location ? `  ${at(finding.location)}` : '';
      for (const text of wrap(severity === 'blocks' ? '  ✘ ' : '  ~ ', finding.sentence + place, 4))
        line(text);
      if (finding.remedy) for (const text of wrap('      → ', finding.remedy, 8)) line(dim(text));
    }
  }
  if (limits.length > 0) {
    line();
    line(`Limits  ${dim(`(${source}, ${asOf})`)}`);
    const width = Math.max(...limits.map(({ what }) => what.length));
    for (const { what, value } of limits) line(`  ${what.padEnd(width)}  ${value}`);
  }
  printNotChecked(notChecked, true, line);
}
