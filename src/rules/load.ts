import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { listShipped, readShipped } from '../workspace/shipped.ts';
import { readYaml, type WrongYaml } from '../workspace/yaml.ts';
import { type Rule, RuleFile } from './rule.ts';

/** A repository's own rules, relative to it. */
export const OWN_RULES = '.migrate/rules';

const WRONG: WrongYaml = {
  codes: ['BROKEN_YAML', 'BROKEN_RULE'],
  hint: 'Correct the file, or move it out of the folder; `migrate rules test` checks it.',
};
const isTests = (name: string): boolean => /\.test\.ya?ml$/.test(name);

let shipped: readonly Rule[] | undefined;

/** The rules of `playbooks/rules/`, in the order of their files. */
export function shippedRules(): readonly Rule[] {
  shipped ??= listShipped('rules')
    .filter((name) => !isTests(name))
    .flatMap((name) => rulesOf(name, readShipped(`rules/${name}`)));
  return shipped;
}

/**
 * The shipped rules and the repository's own of `.migrate/rules/*.yaml`. One of its own with the id of a shipped one stands
 * in its place.
 *
 * @throws MigrateError (exit 3) naming file:line:column of a rule that is not valid, or two files that share an id
 */
export function loadRules(root: string): readonly Rule[] {
  const byId = new Map(shippedRules().map((rule) => [rule.id, rule]));
  const seen = new Map<string, string>();
  for (const name of ownFiles(root).filter((each) => !isTests(each))) {
    const file = `${OWN_RULES}/${name}`;
    for (const rule of rulesOf(file, readFileSync(join(root, file), 'utf8'))) {
      const twin = seen.get(rule.id);
      if (twin !== undefined)
        throw new MigrateError('BROKEN_RULE', `${file} has the rule ${rule.id}, as ${twin} has.`, {
          hint: 'Give one of them another id.',
        });
      seen.set(rule.id, file);
      byId.set(rule.id, rule);
    }
  }
  return [...byId.values()];
}

/** Names of the files in a repository's folder of rules, those of tests among them. */
export function ownFiles(root: string): string[] {
  const folder = join(root, OWN_RULES);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
}

const rulesOf = (file: string, text: string): Rule[] =>
  readYaml(RuleFile, file, text, WRONG).rules.map((rule) => ({
    ...rule,
    ...{ category: basename(file).replace(/\.ya?ml$/, ''), file },
  }));
