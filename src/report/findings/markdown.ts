import { at } from '../../model/at.ts';
import type { FindingsDocument } from '../../model/findings.ts';
import { escapeMarkdown, inlineCode, row } from '../markdown-text.ts';
import { together, totalsLine } from './text.ts';

/** Places of one finding that a table names. */
const MOST_PLACES = 10;

/** New findings as Markdown for a pull request: a table a project, what is known and accepted as numbers. */
export function findingsMarkdown(found: FindingsDocument): string {
  const lines = [
    `## ${escapeMarkdown(found.name)} on ${escapeMarkdown(found.targets.join(', '))}`,
    '',
    `New: ${totalsLine(found.totals)}. Known: ${found.known}. Accepted: ${found.accepted}.`,
  ];
  for (const { folder, findings, totals } of found.projects) {
    if (found.projects.length > 1) lines.push('', `### ${escapeMarkdown(folder)}: ${totalsLine(totals)}`);
    const groups = together(findings.filter(({ state }) => state === 'new'));
    if (groups.length === 0) continue;
    lines.push('', row('', 'what', 'on', 'where', 'remedy'), row(...Array(5).fill('---')));
    for (const same of groups) {
      const [first] = same;
      if (!first) continue;
      const places = same.flatMap(({ location }) => (location ? [inlineCode(at(location))] : []));
      const rest = places.length - MOST_PLACES;
      lines.push(
        row(
          ...[first.severity, `${escapeMarkdown(first.message)} (${inlineCode(first.rule)})`],
          first.targets.join(', '),
          places.slice(0, MOST_PLACES).join('<br>') + (rest > 0 ? `<br>and ${rest} more` : ''),
          escapeMarkdown(first.remedy ?? ''),
        ),
      );
    }
  }
  for (const { rule, where, why } of found.dead)
    lines.push('', `- ${inlineCode(where)}: what it accepts of ${inlineCode(rule)} does not count (${why})`);
  if (found.notChecked.length > 0) lines.push('', '### Not checked', '');
  for (const { what, reason, location } of found.notChecked)
    lines.push(
      `- ${escapeMarkdown(what)}: ${escapeMarkdown(reason)}${location ? ` ${inlineCode(at(location))}` : ''}`,
    );
  return `${lines.join('\n')}\n`;
}
