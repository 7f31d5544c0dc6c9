import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { collectInventory } from '../inventory/index.ts';
import { at } from '../model/at.ts';
import { MigrateError } from '../model/errors.ts';
import { RuleTest, type RuleTestsDocument } from '../model/findings.ts';
import { loadRules, OWN_RULES, ownFiles, shippedRules } from '../rules/load.ts';
import type { Rule } from '../rules/rule.ts';
import { defaultSpec, parseTarget, type Target } from '../rules/targets.ts';
import { resolveInside } from '../workspace/repository.ts';
import { listShipped, readShipped } from '../workspace/shipped.ts';
import { readYaml } from '../workspace/yaml.ts';
import { saidByRules } from './said.ts';

const TestFile = z.strictObject({ tests: z.array(RuleTest) });
const IS_TESTS = /\.test\.ya?ml$/;
const WRONG = {
  codes: ['BROKEN_YAML', 'BROKEN_RULE_TEST'] as const,
  hint: 'A test has a name, files, and what each rule finds: finds: { rule-id: ["app.js:3"] }.',
};

interface Loaded extends RuleTest {
  file: string;
}

export interface TestedRules {
  /** A repository whose own rules are tried as well; null: those that are shipped, alone. */
  root: string | null;
  signal: AbortSignal;
  progress(text: string | null): void;
}

/**
 * Runs the programs beside the rules, each in a folder of its own that is removed again.
 *
 * @throws MigrateError (exit 3) naming file:line:column for a file of tests that is not valid, or a test of a rule that is not there
 */
export async function testRules({ root, signal, progress }: TestedRules): Promise<RuleTestsDocument> {
  const rules = new Map((root === null ? shippedRules() : loadRules(root)).map((rule) => [rule.id, rule]));
  const tests = [...shippedTests(), ...(root === null ? [] : ownTests(root))];
  const unknown = tests.flatMap(({ file, name, finds }) =>
    Object.keys(finds).flatMap((id) => (rules.has(id) ? [] : [{ file, name, id }])),
  )[0];
  if (unknown)
    throw new MigrateError(
      'BROKEN_RULE_TEST',
      `${unknown.file} tests ${unknown.id}, and there is no such rule (${unknown.name}).`,
    );
  const failed: RuleTestsDocument['failed'] = [];
  const [finding, silent] = [new Set<string>(), new Set<string>()];
  let passed = 0;
  for (const [index, test] of tests.entries()) {
    signal.throwIfAborted();
    progress(`${index + 1} of ${tests.length} programs: ${test.name}`);
    const found = await foundBy(test, rules, signal);
    for (const [id, expected] of Object.entries(test.finds)) {
      (expected.length > 0 ? finding : silent).add(id);
      const own = found(id);
      if (same(expected, own)) passed++;
      else failed.push({ file: test.file, name: test.name, rule: id, expected, found: own });
    }
  }
  progress(null);
  const untested = [...rules.values()]
    .filter(({ file }) => root === null || file.startsWith(OWN_RULES))
    .flatMap(({ id, file, when }): RuleTestsDocument['untested'] => [
      ...(finding.has(id) ? [] : [{ rule: id, file, lacks: 'a find' as const }]),
      ...(silent.has(id) || when.some((each) => 'always' in each)
        ? []
        : [{ rule: id, file, lacks: 'no find' as const }]),
    ]);
  return { schema: 'migrate/rule-tests', version: 1, passed, failed, untested };
}

const shippedTests = (): Loaded[] =>
  listShipped('rules')
    .filter((name) => IS_TESTS.test(name))
    .flatMap((name) => testsOf(name, readShipped(`rules/${name}`)));

const ownTests = (root: string): Loaded[] =>
  ownFiles(root)
    .filter((name) => IS_TESTS.test(name))
    .flatMap((name) => testsOf(`${OWN_RULES}/${name}`, readFileSync(join(root, OWN_RULES, name), 'utf8')));

const testsOf = (file: string, text: string): Loaded[] =>
  readYaml(TestFile, file, text, WRONG).tests.map((test) => ({ ...test, file }));

/** Places that each rule has in the program, by its id. */
async function foundBy(
  test: Loaded,
  rules: ReadonlyMap<string, Rule>,
  signal: AbortSignal,
): Promise<(id: string) => string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'migrate-rule-'));
  try {
    for (const [path, text] of Object.entries(filesOf(test))) {
      const absolute = resolveInside(folder, path);
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, text);
    }
    const inventory = await collectInventory(folder, { signal });
    return (id) => {
      const rule = rules.get(id);
      if (!rule) return [];
      const targets: Target[] = test.target
        ? [parseTarget(test.target)]
        : rule.targets.map((name) => ({
            name,
            spec: rule.from && name === 'node' ? `node@${rule.from}` : defaultSpec(name),
          }));
      // A program tests what the rule finds, whatever the inventory tells of the same place.
      const places = saidByRules(() => [{ ...rule, seenAs: [] }], targets, inventory).flatMap((said) =>
        said.places.map((place) => (place === null ? '-' : at(place))),
      );
      return [...new Set(places)];
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function filesOf({ files, dependencies }: RuleTest): Record<string, string> {
  if (files['package.json'] !== undefined) return files;
  const [main = 'app.js'] = Object.keys(files).filter((path) => /\.[cm]?[jt]sx?$/.test(path));
  const manifest = { name: 'app', type: 'module', main, dependencies };
  return { 'package.json': JSON.stringify(manifest), ...files };
}

/** Whether these are the places, where `app.js:3` stands for any column of that line. */
function same(expected: readonly string[], found: readonly string[]): boolean {
  const fits = (place: string, asked: string) => place === asked || place.startsWith(`${asked}:`);
  return (
    expected.length === found.length &&
    expected.every((asked) => found.some((place) => fits(place, asked))) &&
    found.every((place) => expected.some((asked) => fits(place, asked)))
  );
}
