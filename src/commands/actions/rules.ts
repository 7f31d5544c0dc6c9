import { resolve } from 'node:path';
import { testRules } from '../../findings/rule-tests.ts';
import { ExitCode } from '../../model/exit.ts';
import type { RulesDocument } from '../../model/findings.ts';
import { printRule, printRules, printRuleTests } from '../../report/findings/rules.ts';
import type { Io } from '../../report/io.ts';
import { loadRules } from '../../rules/load.ts';
import type { Rule } from '../../rules/rule.ts';
import { usage } from '../usage.ts';

export interface Options {
  dir: string;
  json?: boolean;
}

const documentOf = (rules: readonly Rule[]): RulesDocument => ({
  ...{ schema: 'migrate/rules', version: 1 },
  rules: rules.map(({ id, title, category, severity, targets, message, remedy, asOf, source, file }) => ({
    ...{ id, title, category, severity, targets, message, remedy, asOf, source, file },
  })),
});

/** `migrate rules`. @throws MigrateError (exit 3) for a rule of the repository that is not valid */
export async function listRules(io: Io, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const document = documentOf(loadRules(resolve(io.cwd, options.dir)));
  if (io.json) io.document(document);
  else printRules(io, document);
  return ExitCode.ok;
}

/** `migrate rules show`. @throws MigrateError (exit 2) where there is none of that id */
export async function showRule(io: Io, id: string, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const rules = loadRules(resolve(io.cwd, options.dir));
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw usage(`There is no rule ${id}.`, '`migrate rules` lists them.');
  const document = documentOf([rule]);
  if (io.json) io.document(document);
  else if (document.rules[0]) printRule(io, document.rules[0], rule.when);
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
