import { at } from '../model/at.ts';
import type { Finding, Inventory } from '../model/inventory.ts';
import { safeLine, wrap } from './columns.ts';
import { plural } from './format.ts';
import type { Io } from './io.ts';

type Target = Finding['targets'][number]['target'];
const WORDS: Readonly<Record<Finding['targets'][number]['level'], string>> = {
  blocks: 'blocks',
  differs: 'differs',
  check: 'not measured',
};

/** One row a finding: what was seen, the targets that mind it, where. Those that block come first. */
export const findingRows = ({ findings }: Inventory, place: (finding: Finding) => string): string[][] =>
  findings
    .toSorted((a, b) => Number(blocks(b)) - Number(blocks(a)))
    .map((finding) => [shortened(finding.seen), namesOf(finding), place(finding)]);

const blocks = ({ targets }: Finding): boolean => targets.some(({ level }) => level === 'blocks');

const namesOf = ({ targets }: Finding): string => targets.map(({ target }) => target).join(', ');

const LONGEST = 70;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** Places of a finding that are named; the rest is counted. */
const MOST_PLACES = 3;

/** Prints each finding whole: where, what it means for each target, how to refute it. `target`: of that one alone. */
export function printFindings(io: Io, inventory: Inventory, target: Target | null): void {
  const c = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const shown = inventory.findings.filter(
    ({ targets }) => target === null || targets.some((each) => each.target === target),
  );
  line(`${c.bold(inventory.name)}  ${plural(shown.length, 'finding')}${target ? ` for ${target}` : ''}`);
  for (const { topic, seen, places, targets, refute, source, asOf } of shown) {
    line();
    for (const text of wrap(`${c.bold(topic)}  `, seen, 2)) line(text);
    const more = places.length - MOST_PLACES;
    const named = places.slice(0, MOST_PLACES).map(at).join('  ');
    if (named) line(c.dim(`  ${named}${more > 0 ? `  and ${more} more` : ''}`));
    for (const each of targets)
      if (target === null || each.target === target)
        for (const text of wrap(`  ${each.target} ${WORDS[each.level]}: `, each.why, 4)) line(text);
    for (const text of wrap('  refuted by: ', refute, 4)) line(text);
    line(c.dim(`  ${source}, ${asOf}`));
  }
}
