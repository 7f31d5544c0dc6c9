import { at } from '../../model/at.ts';
import { type FindingsDocument, type PlacedFinding, Severity, type Totals } from '../../model/findings.ts';
import { columns, safeLine, wrap } from '../columns.ts';
import { plural } from '../format.ts';
import type { Io } from '../io.ts';
import { printNotChecked } from '../plan.ts';

/** Places of one finding on the first screen; `--all` shows the rest. */
const MOST_PLACES = 5;
const HEADS: Record<Severity, string> = {
  blocks: 'Blocks',
  differs: 'Will differ',
  check: 'Not measured',
  advice: 'Worth doing',
};
const SIGNS: Record<Severity, string> = { blocks: '  ✘ ', differs: '  ~ ', check: '  ? ', advice: '  → ' };

/** Prints findings: by project and severity, the places of a rule together, what is known and accepted as a number. */
export function printFindings(io: Io, found: FindingsDocument, view: { all: boolean }): void {
  const { bold, dim, red, yellow } = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  line(
    `${bold(found.name)} on ${bold(found.targets.join(', '))}  ${dim(`${found.rules.asked} of ${plural(found.rules.loaded, 'rule')} are about ${found.targets.length === 1 ? 'it' : 'them'}${found.rules.own > 0 ? `, ${found.rules.own} of the repository's own` : ''}`)}`,
  );
  for (const project of found.projects) {
    if (found.projects.length > 1) {
      line();
      line(`${bold(project.folder)}  ${dim(totalsLine(project.totals))}`);
    }
    for (const severity of Severity.options) {
      const own = project.findings.filter((item) => item.state === 'new' && item.severity === severity);
      if (own.length === 0) continue;
      line();
      line(HEADS[severity]);
      const groups = together(own);
      const isBrief = severity === 'advice' || severity === 'check';
      const shown = isBrief && !view.all ? [] : groups;
      if (shown.length < groups.length)
        line(
          dim(
            `  ${severity === 'check' ? plural(groups.length, 'thing to look at', 'things to look at') : plural(groups.length, 'piece of advice', 'pieces of advice')} (--all)`,
          ),
        );
      for (const same of shown) printGroup(same);
    }
  }
  if (view.all && found.practice.length > 0) {
    line();
    line('Of every application of its kind');
    for (const { message, rule } of found.practice)
      for (const text of wrap('  · ', `${message}  ${dim(rule)}`, 4)) line(text);
  }
  printNotChecked(found.notChecked, view.all, line);
  line();
  line(`New: ${totalsLine(found.totals)}`);
  if (found.baseline !== null) line(`Known: ${found.known}, in ${found.baseline}`);
  if (found.accepted > 0) line(`Accepted: ${found.accepted}, by a comment or a waiver`);
  for (const { rule, where, why } of found.dead)
    line(yellow(`${where}  what it accepts of ${rule} does not count: it ${WHY[why]}`));

  function printGroup(same: readonly PlacedFinding[]): void {
    const [first] = same;
    if (!first) return;
    const names = found.targets.length > 1 ? `  ${dim(`[${first.targets.join(', ')}]`)}` : '';
    const sign = SIGNS[first.severity];
    const lines = wrap(sign, `${first.message}  ${dim(first.rule)}${names}`, 4);
    for (const text of lines) line(first.severity === 'blocks' ? text.replace('✘', red('✘')) : text);
    const places = same.flatMap(({ location, snippet }) =>
      location === null ? [] : [[at(location), dim(snippet ?? '')]],
    );
    const most = view.all ? places.length : MOST_PLACES;
    for (const text of columns(places.slice(0, most), '      ')) line(text);
    if (places.length > most) line(dim(`      and ${places.length - most} more (--all)`));
    if (view.all && first.refute)
      for (const text of wrap('      refuted by: ', first.refute, 8)) line(dim(text));
    if (first.remedy) for (const text of wrap('      → ', first.remedy, 8)) line(dim(text));
  }
}

const WHY = {
  expired: 'is over its date',
  'matches nothing': 'matches nothing',
  'gives no reason': 'gives no reason (migrate-ignore <rule>: why)',
  'no such rule': 'names no rule there is',
} as const;

/** Findings of one rule that say the same, in the order of the first of them. */
export function together(findings: readonly PlacedFinding[]): PlacedFinding[][] {
  const groups = new Map<string, PlacedFinding[]>();
  for (const finding of findings) {
    const key = `${finding.rule}\n${finding.message}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

export const totalsLine = ({ blocks, differs, check, advice }: Totals): string =>
  blocks + differs + check + advice === 0
    ? 'none'
    : [
        blocks > 0 && plural(blocks, 'place that blocks', 'places that block'),
        differs > 0 && plural(differs, 'that differs', 'that differ'),
        check > 0 && `${check} not measured`,
        advice > 0 && `${advice} of advice`,
      ]
        .filter(Boolean)
        .join(', ');
