import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion, FileWork, Unit } from '../../state/conversion.ts';
import type { ReplacedAnswer } from '../../state/replaced-answer.ts';
import { isOwnMember } from './own-members.ts';

/**
 * Middleware that puts a function of its own in the place of `res.json` or `res.send`, which looks at what is sent and sends
 * it as it is: `const json = res.json.bind(res); res.json = (body) => { log(body); return json(body); };`.
 */
export function collectReplacedAnswers(conversion: Conversion): void {
  for (const unit of conversion.units.values()) {
    if (unit.fn.kind === 'error-handler' || unit.fn.kind === 'param' || unit.next === null) continue;
    for (const { node, role } of unit.uses) {
      const found = role === 'res' ? replacedAt(conversion, unit, node) : null;
      if (found !== null) conversion.replacedAnswers.push(found);
    }
  }
}

/** Whether a use of the response is a part of what puts another function in the place of its member, and answers nothing. */
export const isOfReplaced = ({ replacedAnswers }: Conversion, use: SyntaxNode): boolean =>
  replacedAnswers.some(({ uses }) => uses.includes(use));

const REPLACED = /^(json|send|end)$/;

function replacedAt(conversion: Conversion, unit: Unit, root: SyntaxNode): ReplacedAnswer | null {
  const { work } = unit;
  const member = work.parents.get(root);
  const assignment = member === undefined ? undefined : work.parents.get(member);
  const by = memberName(member) ?? '';
  if (member === undefined || child(member, 'object') !== root || !isReplaced(by)) return null;
  if (assignment?.type !== 'AssignmentExpression' || child(assignment, 'left') !== member) return null;
  const statement = work.parents.get(assignment);
  const value = child(assignment, 'right');
  const fn = value === null ? null : unwrap(value);
  if (assignment.operator !== '=' || statement?.type !== 'ExpressionStatement') return null;
  if (!isFunction(fn) || fn.generator === true) return null;
  const given = givenTo(work, fn);
  const body = child(fn, 'body');
  if (given === null || body === null) return null;
  if (by !== 'end' && given.bindings.length !== 1) return null;
  const statements = body.type === 'BlockStatement' ? children(body, 'body') : [body];
  const passIn = (each: SyntaxNode) => passedOn(conversion, unit, each, fn, by, given);
  const [pass, ...others] = statements.flatMap((each) => passIn(each) ?? []);
  if (pass === undefined || others.length > 0) return null;
  const end = statements.at(-1);
  const sendsLast = pass.statement === end;
  // What stands behind `return` never runs; what stands behind a call without one does.
  if (pass.statement.type === 'ReturnStatement' && !sendsLast) return null;
  const guards = sendsLast ? statements.flatMap((each) => guardOf(each, passIn) ?? []) : [];
  const passes = [pass, ...guards.map((each) => each.pass)];
  // The original is used for nothing else.
  if (passes.some(({ kept, times }) => kept !== pass.kept || times !== passes.length)) return null;
  const testOf = (each: SyntaxNode) => guards.find(({ statement }) => statement === each)?.test ?? each;
  return {
    ...{ unit, by, statement, kept: pass.kept, fn, given, sendsLast, instead: pass.instead },
    observed: statements.filter((each) => each !== pass.statement).map(testOf),
    guards: guards.map(({ test }) => test),
    uses: [...new Set([root, ...passes.flatMap(({ uses }) => uses)])],
    next: null,
  };
}

/** `if (test) return json(body);`: what is given is sent as it is, and nothing else is done. */
function guardOf(
  statement: SyntaxNode,
  passIn: (node: SyntaxNode) => Pass | null,
): { statement: SyntaxNode; test: SyntaxNode; pass: Pass } | null {
  const test = statement.type === 'IfStatement' ? child(statement, 'test') : null;
  const yes = child(statement, 'consequent');
  if (test === null || yes === null || child(statement, 'alternate') !== null) return null;
  const [only, ...more] = yes.type === 'BlockStatement' ? children(yes, 'body') : [yes];
  const pass = only?.type === 'ReturnStatement' && more.length === 0 ? passIn(only) : null;
  return pass === null || pass.instead !== null ? null : { statement, test, pass };
}

const isReplaced = (name: string): name is ReplacedAnswer['by'] => REPLACED.test(name);

/** The parameters of a function that all are names, or a rest of all. */
function givenTo({ bindings }: FileWork, fn: SyntaxNode): ReplacedAnswer['given'] | null {
  const parameters = parametersOf(fn);
  const [first] = parameters;
  const isRest = first?.type === 'RestElement';
  const names = isRest ? [child(first, 'argument')] : parameters;
  const found = names.map((each) => (isIdentifier(each) ? bindings.bindingOf(each) : null));
  const known = found.filter((each) => each !== null);
  if (known.length !== parameters.length || (isRest && parameters.length > 1)) return null;
  return { parameters, bindings: known, isRest };
}

interface Pass {
  statement: SyntaxNode;
  kept: SyntaxNode;
  uses: SyntaxNode[];
  instead: SyntaxNode | null;
  /** How often the original is used. */
  times: number;
}

/** `return json(body);`, `send.call(this, body);`, `res.sendOriginal(body);`: the original is called with what was given. */
function passedOn(
  { program }: Conversion,
  unit: Unit,
  statement: SyntaxNode,
  fn: SyntaxNode,
  by: string,
  given: ReplacedAnswer['given'],
): Pass | null {
  const { work } = unit;
  const call =
    statement.type === 'ReturnStatement'
      ? child(statement, 'argument')
      : statement.type === 'ExpressionStatement'
        ? child(statement, 'expression')
        : statement;
  const inner = call === null ? null : unwrap(call);
  const callee = inner?.type === 'CallExpression' ? calleeOf(inner) : null;
  if (inner === null || callee === null) return null;
  const args = argumentsOf(inner);
  const responseOf = (node: SyntaxNode | undefined): SyntaxNode[] | null => {
    if (node?.type === 'ThisExpression') return fn.type === 'ArrowFunctionExpression' ? null : [];
    return unit.uses.some((use) => use.role === 'res' && use.node === node) && node !== undefined
      ? [node]
      : null;
  };
  /** `sent`: the arguments that the original has; null where they are what was given. */
  const passed = (
    kept: Kept | null,
    self: SyntaxNode[] | null,
    sent: readonly SyntaxNode[] | null,
  ): Pass | null => {
    if (kept === null || self === null) return null;
    const { statement: keeps, times } = kept;
    const pass = { statement, kept: keeps, times, uses: [...kept.uses, ...self] };
    if (sent === null || areAll(work, given, sent)) return { ...pass, instead: null };
    const [instead, ...more] = sent;
    const isOne = instead !== undefined && instead.type !== 'SpreadElement' && more.length === 0;
    return isOne && by === 'json' && !given.isRest ? { ...pass, instead } : null;
  };
  if (isIdentifier(callee)) {
    const kept = keptIn(unit, callee, by);
    return kept?.isBound === true ? passed(kept, [], args) : null;
  }
  const object = isMember(callee) ? child(callee, 'object') : null;
  const name = memberName(callee);
  if (object === null || name === null) return null;
  if ((name === 'call' || name === 'apply') && isIdentifier(object)) {
    const [target, ...rest] = args;
    const kept = keptIn(unit, object, by);
    if (name === 'call') return passed(kept, responseOf(target), rest);
    const [list, ...more] = rest;
    if (list === undefined || more.length > 0) return null;
    const items = unwrap(list).type === 'ArrayExpression' ? children(unwrap(list), 'elements') : null;
    return items !== null || isList(work, fn, given, list) ? passed(kept, responseOf(target), items) : null;
  }
  const self = responseOf(object);
  return self === null ? null : passed(keptAsMember(program, unit, name, by), self, args);
}

/** Whether arguments are the parameters in their order: `(chunk, encoding)`, `(...args)`. */
function areAll(
  { bindings }: FileWork,
  given: ReplacedAnswer['given'],
  args: readonly SyntaxNode[],
): boolean {
  return (
    args.length === given.bindings.length &&
    args.every((each, at) => {
      const spread = each.type === 'SpreadElement' ? child(each, 'argument') : null;
      const named = unwrap((given.isRest ? spread : each) ?? each);
      return isIdentifier(named) && bindings.bindingOf(named) === given.bindings[at];
    })
  );
}

/** `arguments`, or `args` of a rest. */
function isList(
  { bindings }: FileWork,
  fn: SyntaxNode,
  given: ReplacedAnswer['given'],
  node: SyntaxNode,
): boolean {
  const list = unwrap(node);
  if (isIdentifier(list, 'arguments')) return fn.type !== 'ArrowFunctionExpression';
  return given.isRest && isIdentifier(list) && bindings.bindingOf(list) === given.bindings[0];
}

interface Kept {
  statement: SyntaxNode;
  /** The uses of the response in it. */
  uses: SyntaxNode[];
  isBound: boolean;
  times: number;
}

/** The declaration `const json = res.json;`, `const json = res.json.bind(res);` of a name that keeps it. */
function keptIn({ work, uses }: Unit, name: SyntaxNode, by: string): Kept | null {
  const binding = work.bindings.bindingOf(name);
  const declarator = binding?.declaration;
  const statement = declarator === undefined ? undefined : work.parents.get(declarator);
  if (binding === null || declarator?.type !== 'VariableDeclarator' || statement === undefined) return null;
  if (statement.type !== 'VariableDeclaration' || children(statement, 'declarations').length !== 1)
    return null;
  const times = binding.references.filter(({ node }) => node !== binding.node).length;
  if (binding.references.some(({ node, write }) => write && node !== binding.node)) return null;
  const init = child(declarator, 'init');
  if (init === null) return null;
  const id = child(declarator, 'id');
  const isRes = (node: SyntaxNode | null | undefined) =>
    uses.some((use) => use.role === 'res' && use.node === node);
  if (id !== binding.node) {
    // `const { send } = res;`
    const properties = id?.type === 'ObjectPattern' ? children(id, 'properties') : [];
    const [only] = properties;
    const isIt = only !== undefined && properties.length === 1 && isIdentifier(child(only, 'key'), by);
    return isIt && isRes(init) ? { statement, times, uses: [init], isBound: false } : null;
  }
  const read = unwrap(init);
  const bound = read.type === 'CallExpression' ? calleeOf(read) : null;
  const isBound = bound !== null && memberName(bound) === 'bind';
  const member = isBound ? child(bound, 'object') : read;
  const root = isMember(member) ? child(member, 'object') : null;
  if (memberName(member) !== by || root === null || !isRes(root)) return null;
  const given = isBound ? argumentsOf(read) : [];
  if (isBound && (given.length !== 1 || !isRes(given[0]))) return null;
  return { statement, times, uses: [root, ...given], isBound };
}

/** The statement `res.sendOriginal = res.send;` of a member that is used for nothing else. */
function keptAsMember({ files }: Conversion['program'], unit: Unit, name: string, by: string): Kept | null {
  const { work, fn } = unit;
  if (!isOwnMember(name)) return null;
  const named = files.flatMap(({ program }) =>
    findAll(program, 'MemberExpression').filter((each) => memberName(each) === name),
  );
  const isTarget = (each: SyntaxNode) => child(work.parents.get(each) ?? each, 'left') === each;
  const [target, ...more] = named.filter(isTarget);
  const assignment = target === undefined ? undefined : work.parents.get(target);
  if (more.length > 0 || assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=')
    return null;
  const statement = work.parents.get(assignment);
  const value = child(assignment, 'right');
  const read = isMember(value) ? child(value, 'object') : null;
  const object = target === undefined ? null : child(target, 'object');
  const isRes = (node: SyntaxNode) => unit.uses.some((use) => use.role === 'res' && use.node === node);
  if (read === null || object === null || memberName(value) !== by || !isRes(read) || !isRes(object))
    return null;
  if (statement?.type !== 'ExpressionStatement' || statement.start < fn.node.start) return null;
  return { statement, times: named.length - 1, uses: [object, read], isBound: true };
}
