import type { ASTPath, CallExpression } from 'jscodeshift';
import type { WholeRun } from '../shared/transform/ordinary.ts';
import { olderThan } from '../shared/transform/surroundings.ts';
import type { Work } from '../shared/transform/work.ts';
import { limitAround, limitOf } from './context.ts';
import { declare } from './declare.ts';
import { isFunction } from './functions.ts';
import { type Named, namedIn, type Odd } from './names.ts';
import { prepare } from './prepare.ts';
import { type Plan, planOf } from './tests.ts';

/** Node.js takes `--test-only` into account for a test inside a suite from here on (measured: 20.20 does not, 22.23 does). */
const ONLY = '22.0.0';
/** `node:test` has `before` and its kin from here on. */
const NEEDS = '18.8.0';

/** Test runners that give files functions of the same names. */
const OTHERS = [
  'jest',
  'vitest',
  'jasmine',
  'cypress',
  '@wdio/mocha-framework',
  'karma-mocha',
  '@jest/globals',
];

function change(work: Work): void {
  const { named, odd, loaded } = namedIn(work);
  const [first] = named;
  if (named.length === 0 && odd.length === 0 && loaded.length === 0) return;
  const kept = keptWhole(work, loaded.length > 0);
  if (kept === '') return;
  const at = first?.node ?? odd[0]?.node ?? loaded[0]?.node ?? {};
  if (kept !== null) {
    work.leave(at, 'together', kept);
    return;
  }
  const limits = suiteLimits(work, named);
  const plans = named.map((use) => planOf(work, use, (path) => limitAround(path, limits)));
  const problems: Odd[] = [
    ...odd,
    ...plans.flatMap((plan) => plan.odd),
    ...loaded.flatMap(({ node, statement }) =>
      statement === null ? [{ node, why: 'mocha is loaded together with other modules' }] : [],
    ),
    ...named.flatMap((use) => rootHook(work, use)),
    ...named.flatMap((use) => only(work, use)),
  ];
  for (const { node, why } of problems) work.leave(node, 'test', why);
  if (problems.length > 0) return;
  for (const { statement } of loaded) if (statement) work.remove(statement, 'declaration');
  /** Local names, by the name in `node:test` (and, where the file gave it one itself, that). */
  const names = new Map<string, string>();
  for (const plan of plans) carryOut(work, plan, names);
  if (names.size > 0) declare(work, names);
}

/** Why a file stays as it is, whatever is in it; empty where it is none of Mocha's, null where it can change. */
function keptWhole(work: Work, isLoaded: boolean): string | null {
  const { manifest, tests } = work.around;
  const kept = tests ? tests(work.path).kept : null;
  if (kept !== null) return kept;
  if (
    !tests &&
    !isLoaded &&
    (manifest?.ranges.mocha === undefined || OTHERS.some((name) => manifest.ranges[name] !== undefined))
  )
    return '';
  const engine = olderThan(manifest, NEEDS);
  return engine === null ? null : `package.json allows Node.js ${engine}, and \`node:test\` needs ${NEEDS}`;
}

/** The time limit that each suite's function sets for what is inside. */
function suiteLimits(work: Work, named: readonly Named[]): Map<object, string | null> {
  const limits = new Map<object, string | null>();
  for (const use of named.filter(({ kind }) => kind === 'suite')) {
    const fn = use.call?.node.arguments.at(-1);
    if (!isFunction(fn)) continue;
    const { asked, chained } = planOf(work, use, () => null);
    const limit = chained ? limitOf(work, chained, fn) : asked?.timeout;
    if (limit !== undefined) limits.set(fn, limit);
  }
  return limits;
}

/** A hook outside of every suite runs for each file under Mocha, and for its own under `node --test`. */
function rootHook(work: Work, { kind, node, call }: Named): Odd[] {
  if (kind !== 'hook' || call === null || work.around.tests?.(work.path).alone) return [];
  for (let above = call.parent as ASTPath | null; above; above = above.parent as ASTPath | null)
    if (/Function|Method$/.test(above.node.type)) return [];
  return [{ node, why: `\`${node.name}\` outside of a suite runs for every file of tests` }];
}

function only(work: Work, { members, whole }: Named): Odd[] {
  if (!members.includes('only')) return [];
  const { manifest } = work.around;
  const isNew = manifest?.engine != null && olderThan(manifest, ONLY) === null;
  return isNew ? [] : [{ node: whole.node, why: '`.only` leaves tests out, which Node.js does from 22 on' }];
}

function carryOut(work: Work, { use, pending, edits }: Plan, names: Map<string, string>): void {
  const { name, node } = use;
  const declared = names.get(name) ?? (work.isUndeclared(name) ? name : work.freeName(name));
  const local = use.loaded ? node.name : declared;
  names.set(use.loaded ? `${name} ${local}` : name, local);
  const member = pending ? '.todo' : use.member && !use.members.includes('skip') ? `.${use.member}` : '';
  if (pending && use.members.length > 0) work.replace(use.whole.node, `${local}.todo`, 'pending');
  else if (node.name !== local || member !== '') work.replace(node, `${local}${member}`, 'name');
  for (const edit of edits) edit();
  if (use.kind === 'test') work.done(node, titleOf(use.call?.node));
}

const titleOf = (call: CallExpression | undefined): string => {
  const [title] = call?.arguments ?? [];
  return title?.type === 'StringLiteral' ? title.value : 'a test';
};

const whole: WholeRun = {
  change,
  about: (module) => module === 'mocha',
  packages: ['mocha'],
  prepare: (input, manifestOf) => prepare(input, manifestOf, change),
};

export default whole;
