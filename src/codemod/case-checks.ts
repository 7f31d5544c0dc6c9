import { existsSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { at } from '../model/location.ts';
import { isSource } from '../workspace/text.ts';
import { type Case, type CaseRun, readCases, runOnTree } from './cases.ts';
import type { Codemod } from './contract.ts';
import { headerLength } from './edits.ts';
import { parseProblem } from './gate.ts';
import type { runCodemod } from './runner.ts';

/** A check that a case did not pass. */
export interface Fault {
  check: 'expected' | 'parses' | 'idempotent' | 'comments' | 'bytes' | 'crlf' | 'header' | 'notes' | 'crash';
  message: string;
}

type Tree = ReadonlyMap<string, string>;

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
    ...unparseable(first),
    ...lostComments(one.before, first, one.notes.removes),
    ...alteredBytes(first),
    ...checkNotes(one, first),
  ];
  const again = await runOnTree(codemod, first.tree, options, run);
  faults.push(...differences(first.tree, again.tree, 'idempotent'));
  if (again.changeSet.leftForYou.length > first.changeSet.leftForYou.length) {
    faults.push({ check: 'idempotent', message: 'a second run leaves more for the user than the first' });
  }
  faults.push(...(await variants(codemod, one, first, run)));
  return faults;
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

function lostComments(before: Tree, { tree }: CaseRun, removes: readonly string[]): Fault[] {
  const squeeze = (text: string) => text.replace(/[\s*]+/g, ' ').trim();
  const after = squeeze([...tree.values()].join('\n'));
  const faults: Fault[] = [];
  for (const [path, text] of before) {
    if (!isSource(path) || text === tree.get(path) || removes.includes(path)) continue;
    for (const comment of parseSync(path, text).comments) {
      const kept = after.includes(squeeze(comment.value));
      if (!kept)
        faults.push({
          check: 'comments',
          message: `${path} lost the comment ${JSON.stringify(comment.value)}`,
        });
    }
  }
  return faults;
}

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

/** The same case with other line endings, a byte order mark, a `#!` line: the result differs by exactly that. */
async function variants(
  codemod: Codemod,
  one: Case,
  first: CaseRun,
  run?: typeof runCodemod,
): Promise<Fault[]> {
  const { options } = one.notes;
  const faults: Fault[] = [];
  if (![...one.before.values()].some((text) => text.includes('\r'))) {
    const crlf = (tree: Tree) =>
      new Map([...tree].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));
    const result = await runOnTree(codemod, crlf(one.before), options, run);
    faults.push(...differences(crlf(first.tree), result.tree, 'crlf'));
  }
  const plain = [...one.before].filter(([path, text]) => isSource(path) && headerLength(text) === 0);
  const headed = new Set(plain.map(([path]) => path));
  for (const header of headed.size > 0 ? ['\ufeff', '#!/usr/bin/env node\n'] : []) {
    const add = (tree: Tree) =>
      new Map([...tree].map(([path, text]) => [path, headed.has(path) ? header + text : text]));
    const result = await runOnTree(codemod, add(one.before), options, run);
    faults.push(...differences(add(first.tree), result.tree, 'header'));
  }
  return faults;
}
