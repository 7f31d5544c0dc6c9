import { existsSync } from 'node:fs';
import { at } from '../model/at.ts';
import { everyComment, lostComments } from './case-comments.ts';
import type { Fault } from './case-fault.ts';
import { combined, type Variant, variantsOf } from './case-variants.ts';
import { type Case, type CaseRun, readCases, runOnTree, type Tree } from './cases.ts';
import type { Codemod } from './contract.ts';
import { editFaults } from './edit-checks.ts';
import { parseProblem } from './gate.ts';
import type { runCodemod } from './runner.ts';

/** Every check on one case. An empty list: the case holds. Each is made without the case asking for it. */
export async function checkCase(codemod: Codemod, one: Case, run?: typeof runCodemod): Promise<Fault[]> {
  const { options } = one.notes;
  let first: CaseRun;
  try {
    first = await runOnTree(codemod, one.before, options, run);
  } catch (error) {
    const check = /does not parse/.test(String(error)) ? 'parses' : 'crash';
    return [{ check, message: error instanceof Error ? error.message : String(error) }];
  }
  const expected = one.after ?? one.before;
  const faults: Fault[] = [
    ...differences(expected, without(first.tree, one.notes.generated), 'expected'),
    ...checkNotes(one, first),
  ];
  return [...faults, ...(await checkText(codemod, one.before, first, one.notes, run))];
}

/**
 * The checks that need no expectation: what came out parses, keeps every comment (or says where it went) and is the same
 * whatever comments there are, differs from what went in only inside the recorded edits, is left alone by a second run, and is the same whatever the line endings, indentation and first
 * line of the files.
 *
 * @param first what the codemod made of `before`
 */
export async function checkText(
  codemod: Codemod,
  before: Tree,
  first: CaseRun,
  { options, removes }: Pick<Case['notes'], 'options' | 'removes'>,
  run?: typeof runCodemod,
): Promise<Fault[]> {
  const again = await runOnTree(codemod, first.tree, options, run);
  const faults: Fault[] = [
    ...unparseable(first),
    ...lostComments(before, first, removes),
    ...(await everyComment(codemod, before, first, { options, removes }, run)),
    ...alteredBytes(first),
    ...oddEdits(first),
    ...differences(first.tree, again.tree, 'idempotent'),
  ];
  if (again.changeSet.leftForYou.length > first.changeSet.leftForYou.length) {
    faults.push({ check: 'idempotent', message: 'a second run leaves more for the user than the first' });
  }
  const attempt = async (variant: Variant): Promise<Fault[]> => {
    const result = await runOnTree(codemod, variant.apply(before, before), options, run);
    return differences(variant.apply(first.tree, before), result.tree, variant.name);
  };
  const own = variantsOf(before);
  // All at once first: one run instead of one each, as long as nothing is wrong.
  const together = await attempt(combined(own));
  if (together.length === 0) return faults;
  const apart = await Promise.all(own.map(attempt));
  return [...faults, ...(apart.some((found) => found.length > 0) ? apart.flat() : together)];
}

/** What every codemod's folder must hold. */
export async function checkFolder(folder: URL, id: string): Promise<string[]> {
  const missing: string[] = [];
  if (!existsSync(new URL(`${id}/README.md`, folder))) missing.push(`codemods/${id} has no README.md`);
  const cases = await readCases(folder, id);
  if (cases.length === 0) missing.push(`codemods/${id} has no cases`);
  else if (!cases.some((one) => one.after === null))
    missing.push(`codemods/${id} has no case that must not change`);
  return missing;
}

const without = (tree: Tree, paths: readonly string[]): Tree =>
  new Map([...tree].filter(([path]) => !paths.includes(path)));

function differences(expected: Tree, actual: Tree, check: Fault['check']): Fault[] {
  const faults: Fault[] = [];
  for (const path of new Set([...expected.keys(), ...actual.keys()])) {
    const [want, got] = [expected.get(path), actual.get(path)];
    if (want === got) continue;
    if (want === undefined) faults.push({ check, message: `${path} was created:\n${got}` });
    else if (got === undefined) faults.push({ check, message: `${path} is missing` });
    else faults.push({ check, message: `${path}: ${firstDifference(want, got)}` });
  }
  return faults;
}

function firstDifference(want: string, got: string): string {
  const [wanted, gotten] = [want.split('\n'), got.split('\n')];
  const line = wanted.findIndex((text, index) => text !== gotten[index]);
  const index = line === -1 ? wanted.length : line;
  return `line ${index + 1} should be ${JSON.stringify(wanted[index])} but is ${JSON.stringify(gotten[index])}\n${got}`;
}

function unparseable({ tree, changeSet }: CaseRun): Fault[] {
  const faults: Fault[] = [];
  for (const { path, newText } of changeSet.files) {
    const problem = newText === null ? null : parseProblem(path, tree.get(path) ?? '');
    if (problem)
      faults.push({
        check: 'parses',
        message: `${path}:${problem.line}:${problem.column} ${problem.message}`,
      });
  }
  return faults;
}

/** Edits that would not stand by themselves: see `editFaults`. */
const oddEdits = ({ changeSet }: CaseRun): Fault[] =>
  changeSet.files.flatMap(editFaults).map(({ at: place, rules, message }) => ({
    check: 'edits',
    message: `${place} ${rules.join(', ')} ${message}`,
  }));

/** The texts before and after must be the same everywhere outside the recorded edits. */
function alteredBytes({ changeSet }: CaseRun): Fault[] {
  const faults: Fault[] = [];
  for (const { path, oldText, newText, edits } of changeSet.files) {
    if (oldText === null || newText === null) continue;
    let [before, after] = [0, 0];
    let same = edits.length > 0;
    for (const edit of edits) {
      same &&= oldText.slice(before, edit.before.start) === newText.slice(after, edit.after.start);
      [before, after] = [edit.before.end, edit.after.end];
    }
    same &&= oldText.slice(before) === newText.slice(after);
    if (!same) faults.push({ check: 'bytes', message: `${path} changed outside its recorded edits` });
  }
  return faults;
}

function checkNotes({ notes }: Case, { changeSet }: CaseRun): Fault[] {
  const actual = {
    leftForYou: changeSet.leftForYou.map((left) => `${at(left)} ${left.rule}`),
    outcomes: changeSet.outcomes
      .filter((one) => one.outcome !== 'converted')
      .map((one) => `${at(one)} ${one.outcome}`),
    limits: changeSet.limits.map((limit) => `${limit.runtime} ${limit.route}`),
    failed: changeSet.files.filter((file) => file.status === 'failed').map((file) => file.path),
  };
  const faults: Fault[] = [];
  for (const key of ['leftForYou', 'outcomes', 'limits', 'failed'] as const) {
    const [want, got] = [[...notes[key]].sort(), [...actual[key]].sort()];
    if (JSON.stringify(want) === JSON.stringify(got)) continue;
    faults.push({
      check: 'notes',
      message: `${key} should be ${JSON.stringify(want)} but is ${JSON.stringify(got)}`,
    });
  }
  return faults;
}
