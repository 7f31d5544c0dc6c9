import { resolve } from 'node:path';
import { testRules } from '../../findings/rule-tests.ts';
import { readFindingTable } from '../../inventory/findings/table.ts';
import { ExitCode } from '../../model/exit.ts';
import { type RulesDocument, Severity } from '../../model/findings.ts';
import { printRule, printRules, printRuleTests } from '../../report/findings/rules.ts';
import type { Io } from '../../report/io.ts';
import { loadRules } from '../../rules/load.ts';
import type { Rule } from '../../rules/rule.ts';
import { usage } from '../usage.ts';

export interface Options {
  dir: string;
  json?: boolean;
}

type Listed = RulesDocument['rules'][number];

const document = (rules: Listed[]): RulesDocument => ({ schema: 'migrate/rules', version: 1, rules });

const listed = (rules: readonly Rule[]): Listed[] =>
  rules.map(({ id, title, category, severity, targets, message, remedy, asOf, source, file }) => ({
    ...{ id, title, category, severity, targets, message, remedy, asOf, source, file },
  }));

/** What the inventory judges by itself of what it sees, in the form of rules. */
function judged(): Listed[] {
  const { rows, asOf, source } = readFindingTable();
  return rows.map(({ id, topic, seen, targets, refute, ...row }): Listed => {
    const told = Object.entries(targets) as [
      Listed['targets'][number],
      { level: Listed['severity']; why: string },
    ][];
    const levels = told.map(([, { level }]) => level);
    return {
      ...{ id, title: seen, category: topic, targets: told.map(([name]) => name) },
      severity: Severity.options.find((each) => levels.includes(each)) ?? 'check',
      message: told.map(([name, { why }]) => `${name}: ${why}`).join('; '),
      ...{ remedy: `refuted by: ${refute}`, asOf: row.asOf ?? asOf, source: row.source ?? source },
      file: 'data/findings.yaml',
    };
  });
}

/** `migrate rules`. @throws MigrateError (exit 3) for a rule of the repository that is not valid */
export async function listRules(io: Io, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const all = document([...listed(loadRules(resolve(io.cwd, options.dir))), ...judged()]);
  if (io.json) io.document(all);
  else printRules(io, all);
  return ExitCode.ok;
}

/** `migrate rules show`. @throws MigrateError (exit 2) where there is none of that id */
export async function showRule(io: Io, id: string, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const rules = loadRules(resolve(io.cwd, options.dir));
  const rule = rules.find((each) => each.id === id);
  const one = rule ? listed([rule])[0] : judged().find((each) => each.id === id);
  if (!one) throw usage(`There is no rule ${id}.`, '`migrate rules` lists them.');
  if (io.json) io.document(document([one]));
  else printRule(io, one, rule?.when ?? []);
  return ExitCode.ok;
}

/** `migrate rules test`. @throws MigrateError as `testRules` does */
export async function runRuleTests(io: Io, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const tested = await testRules({
    root: resolve(io.cwd, options.dir),
    signal: io.signal,
    progress: (text) => io.progress(text),
  });
  if (io.json) io.document(tested);
  else printRuleTests(io, tested);
  return tested.failed.length + tested.untested.length > 0 ? ExitCode.findings : ExitCode.ok;
}
