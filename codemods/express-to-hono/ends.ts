import type { ExpressFunction, ExpressProgram } from '../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { childrenOf } from '../../src/workspace/syntax/walk.ts';
import { type FileWork, textOf } from './conversion.ts';
import { isGuard, localFunction } from './ends-names.ts';
import { referencesOf } from './request-changes.ts';
import { memberNames, TERMINALS } from './units.ts';

/** What a function has done with its request on a path: bits of a set. `LATE_…`: in a callback, some time later. */
export const NEXT = 1;
export const ERROR = 2;
const ANSWER = 4;
const RAW = 8;
const LATE = 16;
export const LATE_NEXT = NEXT * LATE;
export const LATE_ANSWER = ANSWER * LATE;
export const LATE_RAW = RAW * LATE;

/** `raw` writes past the members of the response that Express adds. */
export type End = 'next' | 'error' | 'answer' | 'raw' | 'throw';
/** Called for each end that a path reaches, with what was done before it on that path. */
export type OnEnd = (work: FileWork, node: SyntaxNode, end: End, before: number, late: boolean) => void;

type Paths = ReadonlySet<number>;

interface Walk {
  work: FileWork;
  /** In a callback that runs some time later. */
  late: boolean;
  /** Paths as they were where the statement began: its callbacks exclude each other (`.then(…).catch(…)`). */
  base: Paths;
  /** Output: paths on which a callback of the statement has run. */
  called: Set<number>;
  /** Output: paths that left the function, the loop, and those that a `catch` takes up. */
  ended: Set<number>;
  broken: Set<number>;
  continued: Set<number>;
  caught: Set<number> | null;
}

interface Facts {
  next: ReadonlySet<SyntaxNode>;
  res: ReadonlySet<SyntaxNode>;
  calls: ReadonlyMap<SyntaxNode, ExpressFunction>;
  workOf(file: ParsedFile): FileWork;
  onEnd: OnEnd;
  /** Functions being read: one that calls itself is read once. */
  active: Set<SyntaxNode>;
}

const WRITES = new Set(['write', 'writeHead', 'flushHeaders']);
const EACH = /^(forEach|map|flatMap|filter|some|every|reduce)$/;
const LISTENS = /^(on|once|addListener|prependListener|addEventListener|onabort)$/;
const both = (...all: Paths[]): Paths => new Set(all.flatMap((each) => [...each]));
const START: Paths = new Set([0]);

/** Follows the paths through functions of a program. Conditions count as independent: an end that is told may not be reached. */
export function readEnds(
  program: ExpressProgram,
  workOf: (file: ParsedFile) => FileWork,
  onEnd: OnEnd,
): (fn: ExpressFunction) => void {
  const named = (role: 'next' | 'res') =>
    new Set(program.functions.flatMap((fn) => referencesOf(workOf(fn.file), fn, role)));
  const calls = new Map(
    program.functions.flatMap((fn) =>
      fn.uses.flatMap((use) => (use.kind === 'called' ? [[use.call, fn] as const] : [])),
    ),
  );
  const facts: Facts = { next: named('next'), res: named('res'), calls, workOf, onEnd, active: new Set() };
  return (fn) => {
    facts.active.clear();
    runFunction(facts, { ...startOf(workOf(fn.file)), base: START }, fn.node, START);
  };
}

const startOf = (work: FileWork): Walk => ({
  work,
  late: false,
  base: START,
  called: new Set(),
  ended: new Set(),
  broken: new Set(),
  continued: new Set(),
  caught: null,
});

/** Paths at the end of a function that runs where it is called. */
function runFunction(facts: Facts, walk: Walk, fn: SyntaxNode, paths: Paths): Paths {
  const body = child(fn, 'body');
  if (body === null || facts.active.has(fn)) return paths;
  facts.active.add(fn);
  const own: Walk = { ...walk, ended: new Set(), broken: new Set(), continued: new Set() };
  const last = /^(BlockStatement|FunctionBody)$/.test(body.type)
    ? statement(facts, own, body, paths)
    : whole(facts, own, body, paths);
  facts.active.delete(fn);
  return both(last, own.ended);
}

/** A callback may run later: what it does is added to each path on which it was handed over. */
function runLater(facts: Facts, walk: Walk, fn: SyntaxNode): void {
  for (const before of walk.base) {
    const after = runFunction(facts, { ...walk, late: true, caught: null }, fn, new Set([before]));
    for (const each of after) {
      const done = each & ~before;
      walk.called.add(before | (done & ~(LATE - 1)) | ((done & (LATE - 1)) * LATE));
    }
  }
}

/** An expression that is a statement of its own, its callbacks included. */
function whole(facts: Facts, walk: Walk, node: SyntaxNode | null, paths: Paths): Paths {
  if (node === null || paths.size === 0) return paths;
  const own: Walk = { ...walk, base: paths, called: new Set() };
  const after = expression(facts, own, node, paths);
  return both(after, own.called);
}

function list(facts: Facts, walk: Walk, statements: readonly SyntaxNode[], paths: Paths): Paths {
  return statements.reduce((before, each) => statement(facts, walk, each, before), paths);
}

function statement(facts: Facts, walk: Walk, node: SyntaxNode | null, paths: Paths): Paths {
  if (node === null || paths.size === 0) return paths;
  const run = (name: string, before: Paths, own = walk) => statement(facts, own, child(node, name), before);
  const read = (name: string, before: Paths) => whole(facts, walk, child(node, name), before);
  switch (node.type) {
    case 'BlockStatement':
    case 'FunctionBody':
      return list(facts, walk, children(node, 'body'), paths);
    case 'IfStatement': {
      const tested = isGuard(walk.work, child(node, 'test')) ? START : read('test', paths);
      return both(run('consequent', tested), run('alternate', tested));
    }
    case 'ReturnStatement':
      for (const each of read('argument', paths)) walk.ended.add(each);
      return new Set();
    case 'ThrowStatement': {
      const thrown = read('argument', paths);
      if (walk.caught === null) end(facts, walk, node, 'throw', thrown);
      for (const each of thrown) (walk.caught ?? walk.ended).add(each);
      return new Set();
    }
    case 'TryStatement': {
      const handler = child(node, 'handler');
      // What fails after `next()` is not followed: nothing says that it can.
      const caught = new Set(paths);
      const tried = run('block', paths, handler === null ? walk : { ...walk, caught });
      const handled = handler === null ? [] : statement(facts, walk, child(handler, 'body'), caught);
      return run('finalizer', both(tried, new Set(handled)));
    }
    case 'SwitchStatement':
      return switched(facts, walk, node, read('discriminant', paths));
    case 'BreakStatement':
      for (const each of paths) walk.broken.add(each);
      return new Set();
    case 'ContinueStatement':
      for (const each of paths) walk.continued.add(each);
      return new Set();
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return paths;
    case 'LabeledStatement':
      return run('body', paths);
    default:
      return /^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type)
        ? looped(facts, walk, node, paths)
        : whole(facts, walk, node, paths);
  }
}

/** A second turn of a loop finds what the first one did. */
function looped(facts: Facts, walk: Walk, node: SyntaxNode, paths: Paths): Paths {
  const heads = ['init', 'right', 'test'].map((name) => child(node, name));
  let entering = heads.reduce((before, head) => whole(facts, walk, head, before), paths);
  const own: Walk = { ...walk, broken: new Set(), continued: new Set() };
  let after = entering;
  for (let turn = 0; turn < 2; turn += 1) {
    after = both(statement(facts, own, child(node, 'body'), entering), own.continued);
    entering = both(entering, after);
  }
  return both(entering, own.broken);
}

function switched(facts: Facts, walk: Walk, node: SyntaxNode, paths: Paths): Paths {
  const own: Walk = { ...walk, broken: new Set() };
  const cases = children(node, 'cases');
  let falling: Paths = new Set();
  for (const each of cases) falling = list(facts, own, children(each, 'consequent'), both(paths, falling));
  const hasDefault = cases.some((each) => child(each, 'test') === null);
  return both(falling, own.broken, hasDefault ? new Set() : paths);
}

function expression(facts: Facts, walk: Walk, node: SyntaxNode, paths: Paths): Paths {
  if (isFunction(node)) {
    runLater(facts, walk, node);
    return paths;
  }
  if (node.type === 'VariableDeclarator') {
    const init = child(node, 'init');
    // A function with a name counts where it is named.
    return init === null || isFunction(unwrap(init)) ? paths : expression(facts, walk, init, paths);
  }
  if (node.type === 'ConditionalExpression') {
    const [test, yes, no] = ['test', 'consequent', 'alternate'].map((name) => child(node, name));
    const tested = test ? expression(facts, walk, test, paths) : paths;
    return both(...[yes, no].map((each) => (each ? expression(facts, walk, each, tested) : tested)));
  }
  if (node.type === 'LogicalExpression') {
    const [left, right] = [child(node, 'left'), child(node, 'right')];
    const before = left === null ? paths : expression(facts, walk, left, paths);
    const entering = isGuard(walk.work, left) ? START : before;
    return right === null ? before : both(before, expression(facts, walk, right, entering));
  }
  if (node.type === 'CallExpression') return called(facts, walk, node, paths);
  if (isIdentifier(node) && facts.res.has(node)) {
    const names = memberNames(walk.work, node);
    if (names.some((name) => WRITES.has(name))) return end(facts, walk, node, 'raw', paths);
    return names.some((name) => TERMINALS.has(name)) ? end(facts, walk, node, 'answer', paths) : paths;
  }
  if (isIdentifier(node)) {
    const local = localFunction(walk.work, node);
    if (local !== null) runLater(facts, walk, local);
    return paths;
  }
  return childrenOf(node).reduce((before, each) => expression(facts, walk, each, before), paths);
}

function called(facts: Facts, walk: Walk, call: SyntaxNode, paths: Paths): Paths {
  const callee = calleeOf(call);
  const given = argumentsOf(call);
  const all = (nodes: readonly SyntaxNode[], own: Walk, before: Paths) =>
    nodes.reduce((each, node) => expression(facts, own, node, each), before);
  if (callee !== null && facts.next.has(callee)) {
    const [error] = given;
    const goesOn =
      error === undefined ||
      literalText(error) !== null ||
      /^(null|undefined)$/.test(textOf(walk.work, error));
    return end(facts, walk, call, goesOn ? 'next' : 'error', all(given, walk, paths));
  }
  const reached = facts.calls.get(call);
  if (reached !== undefined) {
    const before = all(
      given.filter((each) => !facts.next.has(each)),
      walk,
      callee === null ? paths : expression(facts, walk, callee, paths),
    );
    return runFunction(facts, { ...walk, work: facts.workOf(reached.file) }, reached.node, before);
  }
  const own = callee === null ? null : unwrap(callee);
  const direct = isFunction(own) ? own : isIdentifier(own) ? localFunction(walk.work, own) : null;
  if (direct !== null) return runFunction(facts, walk, direct, all(given, walk, paths));
  const name = isMember(own) ? (memberName(own) ?? '') : '';
  const before = callee === null ? paths : expression(facts, walk, callee, paths);
  const isCleared = isIdentifier(own, 'setTimeout') && /\bclearTimeout\b/.test(walk.work.file.text);
  if (name !== 'catch' && !LISTENS.test(name))
    for (const [place, each] of given.entries())
      if (facts.next.has(each) && !(name === 'then' && place === 1)) handOn(facts, walk, each);
  // An event may never come, a timer may be stopped: only what stands in them is followed.
  if (LISTENS.test(name) || isCleared) return all(given, { ...walk, base: START, called: new Set() }, before);
  const [first] = given;
  if (!EACH.test(name) || !isFunction(first)) return all(given, walk, before);
  const once = runFunction(facts, walk, first, before);
  return runFunction(facts, walk, first, both(before, once));
}

/** Code that is not known has `next`: it may call it some time. */
function handOn(facts: Facts, walk: Walk, next: SyntaxNode): void {
  end(facts, { ...walk, late: true }, next, 'next', walk.base);
  for (const before of walk.base) walk.called.add(before | LATE_NEXT);
}

const BIT: Partial<Record<End, number>> = { next: NEXT, error: ERROR, answer: ANSWER, raw: RAW };

function end(facts: Facts, walk: Walk, node: SyntaxNode, kind: End, paths: Paths): Paths {
  for (const before of paths) facts.onEnd(walk.work, node, kind, before, walk.late);
  return new Set([...paths].map((before) => before | (BIT[kind] ?? 0)));
}
