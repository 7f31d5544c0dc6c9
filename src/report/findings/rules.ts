import type { RulesDocument, RuleTestsDocument } from '../../model/findings.ts';
import { columns, safeLine, wrap } from '../columns.ts';
import { plural } from '../format.ts';
import type { Io } from '../io.ts';

/** Prints every rule in a line, by category. */
export function printRules(io: Io, { rules }: RulesDocument): void {
  const { bold, dim } = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  for (const category of new Set(rules.map((rule) => rule.category))) {
    const own = rules.filter((rule) => rule.category === category);
    line(`${bold(category)}  ${dim([...new Set(own.map(({ file }) => file))].join(', '))}`);
    const rows = own.map(({ id, severity, targets, title, asOf }) => [
      ...[id, severity, targets.join(' '), dim(asOf), title],
    ]);
    for (const text of columns(rows, '  ')) line(text);
    line();
  }
  line(`${plural(rules.length, 'rule')}. One whole: migrate rules show <id>`);
}

/** Prints one rule. @param when the facts it asks for */
export function printRule(io: Io, rule: RulesDocument['rules'][number], when: readonly object[]): void {
  const { bold, dim } = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  line(`${bold(rule.id)}  ${rule.title}`);
  line(dim(`${rule.severity} on ${rule.targets.join(', ')}; ${rule.file}`));
  line();
  for (const text of wrap('', rule.message, 0)) line(text);
  if (rule.remedy) for (const text of wrap('→ ', rule.remedy, 2)) line(text);
  line();
  if (when.length > 0) line('Where one of these is found');
  else line('Where the inventory sees it in code, images or manifests');
  for (const each of when) for (const text of wrap('  ', JSON.stringify(each), 4)) line(text);
  line();
  for (const text of wrap('', `${rule.source}, ${rule.asOf}`, 0)) line(dim(text));
}

/** Prints what came of the programs beside the rules. */
export function printRuleTests(io: Io, { passed, failed, untested }: RuleTestsDocument): void {
  const { red, yellow } = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  for (const { file, name, rule, expected, found } of failed) {
    line(`${red('✘')} ${rule}  ${name}  (${file})`);
    line(`    expected  ${expected.join(', ') || 'nothing'}`);
    line(`    found     ${found.join(', ') || 'nothing'}`);
  }
  for (const { rule, file, lacks } of untested)
    line(
      `${yellow('–')} ${rule}  has no program that ${lacks === 'a find' ? 'it finds something in' : 'it finds nothing in'}  (${file})`,
    );
  line(`${passed} as expected, ${failed.length} not, ${untested.length} missing`);
}
