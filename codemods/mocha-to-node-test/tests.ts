import type { ASTNode, ASTPath, CallExpression } from 'jscodeshift';
import { spanOf } from '../shared/transform/source.ts';
import type { Work } from '../shared/transform/work.ts';
import { type Asked, askedOf, limitOf } from './context.ts';
import { emptyParameters, isFunction, type TestFunction } from './functions.ts';
import type { Named, Odd } from './names.ts';

/** What becomes of one call of Mocha's. */
export interface Plan {
  use: Named;
  /** A test without a function: it is still to be written. */
  pending: boolean;
  asked: Asked | null;
  /** The limit that is set on what the call gives back: `it(…).timeout(5000)`. */
  chained: ASTNode | null;
  edits: (() => void)[];
  odd: Odd[];
}

/** Decides about one call. @param limitAt the time limit that suites around a place set */
export function planOf(work: Work, use: Named, limitAt: (path: ASTPath) => string | null): Plan {
  const plan: Plan = { use, pending: false, asked: null, chained: null, edits: [], odd: [] };
  const { call, members, kind, node } = use;
  const say = (at: object, why: string): Plan => {
    plan.odd.push({ node: at, why });
    return plan;
  };
  if (call === null) return say(node, `\`${node.name}\` is handed on`);
  if (!members.every((each) => each === 'skip' || each === 'only') || members.length > 1)
    return say(node, `\`${work.textOf(use.whole.node)}\` has no counterpart in \`node:test\``);
  if (!isUnread(plan, call)) return say(node, 'what it gives back is used');
  const given = call.node.arguments;
  const [first] = given;
  if (kind !== 'hook' && given.length === 1 && !isFunction(first)) {
    if (kind === 'suite') return say(node, 'it is a suite without a function');
    plan.pending = true;
    return plan;
  }
  const fn = given.at(-1);
  const wanted = kind === 'hook' ? [1, 2] : [2];
  if (!wanted.includes(given.length) || !first || !fn)
    return say(node, 'it is not called with a title and a function');
  if (!isFunction(fn)) return isPlain(work, fn) ? plan : say(fn, 'what its function takes is not known');
  plan.asked = askedOf(work, fn);
  plan.odd.push(...plan.asked.odd);
  if (fn.generator) return say(fn, 'its function is a generator');
  if (kind === 'suite') return suite(work, plan, fn, say);
  const limit = plan.chained ? limitOf(work, plan.chained, fn) : plan.asked.timeout;
  if (plan.chained && limit === undefined)
    return say(plan.chained, 'its time limit is not known before it runs');
  const isSkipped = use.member === 'skip' || members.includes('skip');
  const effective = isSkipped ? null : limit === undefined ? limitAt(call) : limit;
  const option = effective === null ? '' : `, { timeout: ${effective} }`;
  if (kind === 'hook' && given.length === 2) plan.edits.push(() => dropTitle(work, first, fn));
  if (option !== '')
    plan.edits.push(() => work.insertBehind(kind === 'hook' ? fn : first, option, 'timeout'));
  parameters(work, plan, fn, say);
  tidy(work, plan);
  return plan;
}

type Say = (at: object, why: string) => Plan;

function suite(work: Work, plan: Plan, fn: TestFunction, say: Say): Plan {
  if (fn.async) return say(fn, 'its suite is `async`, which Mocha does not wait for');
  const [parameter] = fn.params;
  if (parameter) return say(parameter, 'its suite takes a parameter');
  const [skip] = plan.asked?.skips ?? [];
  if (skip)
    return say(skip.node, '`this.skip` leaves out a whole suite, which `node:test` cannot once it has begun');
  tidy(work, plan);
  return plan;
}

/** `done` comes second in `node:test`, behind the test's own context. */
function parameters(work: Work, plan: Plan, fn: TestFunction, say: Say): void {
  const [done, ...more] = fn.params;
  const skips = plan.asked?.skips ?? [];
  const [skip] = skips;
  if (more[0]) return void say(more[0], 'its function takes more than `done`');
  if (skip && plan.use.kind === 'hook')
    return void say(skip.node, '`this.skip` leaves out the tests behind a hook, which `node:test` cannot');
  if (done) {
    if (done.type !== 'Identifier') return void say(done, 'its parameter is no plain `done`');
    if (fn.async) return void say(done, 'its function is `async` and takes `done`, which Mocha refuses');
    const t = contextName(work, fn);
    const isBare = work.text[spanOf(fn).start] !== '(' && fn.type === 'ArrowFunctionExpression';
    plan.edits.push(() =>
      work.replace(done, isBare ? `(${t}, ${work.textOf(done)})` : `${t}, ${work.textOf(done)}`, 'done'),
    );
    for (const { node, returned } of skips)
      plan.edits.push(() =>
        work.replace(node, `${returned ? '' : 'return '}${work.textOf(done)}(${t}.skip())`, 'skip'),
      );
    return;
  }
  if (skips.length === 0) return;
  const place = emptyParameters(work, fn);
  if (place === null) return void say(fn, 'a comment stands where its parameter would');
  const t = contextName(work, fn);
  plan.edits.push(() => {
    work.replace(place, `(${t})`, 'skip');
    for (const { node, returned } of skips)
      work.replace(node, `${returned ? '' : 'return '}${t}.skip()`, 'skip');
  });
}

/** What is said to Mocha only goes. */
function tidy(work: Work, { asked, chained, edits, use: { call } }: Plan): void {
  for (const statement of asked?.statements ?? []) edits.push(() => removeFirst(work, statement));
  if (chained === null || call === null) return;
  const { end } = spanOf(call.node);
  const chain = { start: end, end: spanOf(((call.parent as ASTPath).parent as ASTPath).node).end };
  edits.push(() => work.replace(chain, work.commentsIn(chain).join('\n'), 'timeout'));
}

/** Takes a statement out; at the beginning of a block, with the empty line behind it. */
function removeFirst(work: Work, statement: object): void {
  const before = work.edits.at(-1);
  work.remove(statement, 'timeout');
  const own = work.edits.at(-1);
  if (own?.text !== '') return;
  const { start, end } = own.span;
  const isFirst =
    before?.text === '' && before.span.end === start ? before.rule === FIRST : opens(work, start);
  if (!isFirst) return;
  own.rule = FIRST;
  const empty = /^[ \t]*\r?\n/.exec(work.text.slice(end));
  if (empty) own.span = { start, end: end + empty[0].length };
}

const FIRST = 'timeout/first';
const opens = (work: Work, at: number): boolean => work.text.slice(0, at).trimEnd().endsWith('{');

/** A name for a test's context that nothing in its function means something else by. */
function contextName(work: Work, fn: TestFunction): string {
  const used = new Set(
    work
      .j(fn)
      .find(work.j.Identifier)
      .nodes()
      .map(({ name }) => name),
  );
  return ['t', 'test', 'testContext'].find((name) => !used.has(name)) ?? work.freeName('t');
}

/** A title of a hook is for people who read what Mocha prints. */
function dropTitle(work: Work, title: ASTNode, fn: TestFunction): void {
  const span = { start: spanOf(title).start, end: spanOf(fn).start };
  const comments = work.commentsIn({ start: span.start - 1, end: span.end + 1 });
  const kept = comments.map((each) => (each.startsWith('//') ? `${each}\n` : `${each} `)).join('');
  work.replace(span, kept, 'hook');
}

/** Whether nothing reads what a call gives back, but for a limit that is set on it. */
function isUnread(plan: Plan, call: ASTPath<CallExpression>): boolean {
  const { node } = call.parent as ASTPath;
  if (
    node.type === 'ExpressionStatement' ||
    (node.type === 'ArrowFunctionExpression' && node.body === call.node)
  )
    return true;
  const outer = (call.parent as ASTPath).parent as ASTPath | null;
  const [limit, ...more] = outer?.node.type === 'CallExpression' ? outer.node.arguments : [];
  const isLimit =
    plan.use.kind !== 'hook' &&
    node.type === 'MemberExpression' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'timeout' &&
    limit !== undefined &&
    more.length === 0 &&
    (outer?.parent as ASTPath | null)?.node.type === 'ExpressionStatement';
  if (isLimit) plan.chained = limit;
  return isLimit;
}

/** A function of the file that takes nothing and asks nothing of a context. */
function isPlain(work: Work, node: ASTNode): boolean {
  if (node.type !== 'Identifier') return false;
  const declaration = work.bindingOf(node)?.declaration as
    | { type: string; start: number; end: number; params?: unknown[]; init?: { params?: unknown[] } | null }
    | undefined;
  const params = declaration?.type === 'VariableDeclarator' ? declaration.init?.params : declaration?.params;
  if (!declaration || !params || params.length > 0) return false;
  return work.root
    .find(work.j.ThisExpression)
    .paths()
    .every(
      ({ node: each }) => spanOf(each).start < declaration.start || spanOf(each).start > declaration.end,
    );
}
