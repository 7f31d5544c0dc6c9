import type { Flow } from '../syntax/flow/flow.ts';
import type { FunctionValue, Value } from '../syntax/flow/values.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  field,
  isCall,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  unwrap,
} from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parse.ts';
import { enclosingFunction, parentsOf } from '../syntax/walk.ts';
import type { ExpressFunction, HandlerArgument, Place } from './program.ts';
import { packageMember } from './surface.ts';

type PackageMiddleware = Extract<HandlerArgument, { kind: 'package' }>;

/** Packages that only wrap a handler: `wrap(fn)` is registered, `fn` still gets req, res, next. */
const PACKAGES: ReadonlySet<string> = new Set([
  'express-async-handler',
  'express-async-wrap',
  'express-async-catch',
  'express-asyncify',
  'async-express-middleware',
]);

/**
 * Whether what is called does nothing but to hand the rejections of a handler to `next`: a package's wrapper, or one of
 * this program that hands on all it gets, whatever it is called: `(fn) => (...args) => fn(...args).catch(args.at(-1))`,
 * `(fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next)`.
 */
export function isWrapper(value: Value): boolean {
  if (value.kind === 'external')
    return value.origin === 'package' && PACKAGES.has(value.module) && !value.path.includes('()');
  return value.kind === 'function' && (handsAllOn(value.node) || handsOnNamed(value.node));
}

/** `(fn) => (req, res, next) => fn(req, res, next).catch(next)`, or with `try`, `await` and `catch`. */
function handsOnNamed(fn: SyntaxNode): boolean {
  const [wrapped, ...more] = parametersOf(fn);
  const inner = returnedFunction(fn);
  if (!isIdentifier(wrapped) || more.length > 0 || inner === null || inner.generator === true) return false;
  const given = parametersOf(inner);
  const next = given[2];
  if (given.length !== 3 || !given.every((each) => isIdentifier(each)) || !isIdentifier(next)) return false;
  const isCall = (node: SyntaxNode | null | undefined): boolean => {
    const call = node == null ? null : unwrap(node);
    if (call?.type !== 'CallExpression' || !isIdentifier(calleeOf(call), String(wrapped.name))) return false;
    const args = argumentsOf(call);
    return args.length === 3 && args.every((each, at) => isIdentifier(each, String(given[at]?.name)));
  };
  const body = child(inner, 'body');
  if (body === null) return false;
  if (body.type !== 'BlockStatement') return catches(body);
  const [only, ...others] = children(body, 'body');
  if (only === undefined || others.length > 0) return false;
  if (only.type !== 'TryStatement') return catches(expressionOf(only));
  const [tried, ...rest] = children(child(only, 'block') ?? only, 'body');
  const awaited = tried === undefined ? null : expressionOf(tried);
  const handler = child(only, 'handler');
  return (
    rest.length === 0 &&
    awaited?.type === 'AwaitExpression' &&
    isCall(child(awaited, 'argument')) &&
    child(only, 'finalizer') === null &&
    handler !== null &&
    handsOver(child(handler, 'param'), child(handler, 'body'))
  );

  /** `Promise.resolve(fn(req, res, next)).catch(next)`, `fn(req, res, next).catch((error) => next(error))`. */
  function catches(expression: SyntaxNode | null): boolean {
    const caught = caughtIn(expression);
    if (caught === null || !isCall(caught.promise)) return false;
    const { handed } = caught;
    if (!isFunction(handed)) return isIdentifier(handed, String(next?.name));
    const [error, ...rest] = parametersOf(handed);
    return rest.length === 0 && handsOver(error ?? null, child(handed, 'body'));
  }

  /** `next(error)`, and nothing else. */
  function handsOver(error: SyntaxNode | null, block: SyntaxNode | null): boolean {
    const statements = block?.type === 'BlockStatement' ? children(block, 'body') : [];
    const said = block?.type === 'BlockStatement' ? statements[0] && expressionOf(statements[0]) : block;
    const args = said?.type === 'CallExpression' ? argumentsOf(said) : [];
    return (
      statements.length < 2 &&
      isIdentifier(error) &&
      said != null &&
      isIdentifier(calleeOf(said), String(next?.name)) &&
      args.length === 1 &&
      isIdentifier(args[0], String(error.name))
    );
  }
}

/** What a statement says or returns. */
const expressionOf = (statement: SyntaxNode): SyntaxNode | null =>
  /^(ExpressionStatement|ReturnStatement)$/.test(statement.type)
    ? (child(statement, 'expression') ?? child(statement, 'argument'))
    : null;

/** `promise.catch(handed)`, or `Promise.resolve(promise).catch(handed)`; null for everything else. */
function caughtIn(expression: SyntaxNode | null): { promise: SyntaxNode | null; handed: SyntaxNode } | null {
  const call = expression === null ? null : unwrap(expression);
  const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
  if (call === null || !isMember(callee) || memberName(callee) !== 'catch') return null;
  const [handed, ...more] = argumentsOf(call);
  return handed === undefined || more.length > 0
    ? null
    : { promise: resolvedIn(child(callee, 'object')), handed };
}

/** `x` of `Promise.resolve(x)`; any other expression itself. */
function resolvedIn(promise: SyntaxNode | null): SyntaxNode | null {
  const call = promise === null ? null : unwrap(promise);
  const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
  const isPromise = isMember(callee) && isIdentifier(child(callee, 'object'), 'Promise');
  if (call === null || !isPromise || memberName(callee) !== 'resolve') return call;
  const [settled] = argumentsOf(call);
  return settled === undefined ? null : unwrap(settled);
}

function handsAllOn(fn: SyntaxNode): boolean {
  const [wrapped, ...more] = parametersOf(fn);
  const inner = returnedFunction(fn);
  if (!isIdentifier(wrapped) || more.length > 0 || inner === null || inner.generator === true) return false;
  const [rest, ...others] = parametersOf(inner);
  const list = rest?.type === 'RestElement' ? child(rest, 'argument') : null;
  if (!isIdentifier(list) || others.length > 0) return false;
  const names = { fn: String(wrapped.name), list: String(list.name) };
  const results = new Set<string>();
  const nexts = new Set<string>();
  const isResult = (node: SyntaxNode | null | undefined): boolean =>
    node != null && (isCallOfAll(node, names) || (isIdentifier(node) && results.has(String(node.name))));
  const body = child(inner, 'body');
  if (body === null) return false;
  if (body.type !== 'BlockStatement') return catches(body);
  const statements = children(body, 'body');
  for (const statement of statements.slice(0, -1)) {
    const [declarator, ...further] = children(statement, 'declarations');
    const id = declarator === undefined ? null : child(declarator, 'id');
    const init = declarator === undefined ? null : child(declarator, 'init');
    if (statement.type !== 'VariableDeclaration' || further.length > 0 || !isIdentifier(id) || init === null)
      return false;
    if (isResult(unwrap(init))) results.add(String(id.name));
    else if (isLast(unwrap(init), names.list)) nexts.add(String(id.name));
    else return false;
  }
  const last = statements.at(-1);
  const returned = last?.type === 'ReturnStatement' ? child(last, 'argument') : null;
  return returned !== null && catches(returned);

  /** `Promise.resolve(fn(...args)).catch(next)`, `fn(...args).catch(args.at(-1))`. */
  function catches(expression: SyntaxNode): boolean {
    const caught = caughtIn(expression);
    if (caught === null || !isResult(caught.promise)) return false;
    const { handed } = caught;
    return isLast(unwrap(handed), names.list) || (isIdentifier(handed) && nexts.has(String(handed.name)));
  }
}

/** The function that a function returns and does nothing else. */
function returnedFunction(fn: SyntaxNode): SyntaxNode | null {
  const body = child(fn, 'body');
  const [only, ...more] = body?.type === 'BlockStatement' ? children(body, 'body') : [];
  const returned = body?.type === 'BlockStatement' ? only && child(only, 'argument') : body;
  if (body === null || returned == null || more.length > 0) return null;
  const inner = unwrap(returned);
  return isFunction(inner) ? inner : null;
}

/** `fn(...args)`. */
function isCallOfAll(node: SyntaxNode, { fn, list }: { fn: string; list: string }): boolean {
  const [all, ...more] = node.type === 'CallExpression' ? argumentsOf(node) : [];
  return (
    all?.type === 'SpreadElement' &&
    more.length === 0 &&
    isIdentifier(child(all, 'argument'), list) &&
    isIdentifier(calleeOf(node), fn)
  );
}

/** `args[args.length - 1]`, `args.at(-1)`, `args[2]`. */
function isLast(node: SyntaxNode, list: string): boolean {
  const callee = node.type === 'CallExpression' ? calleeOf(node) : null;
  if (isMember(callee)) {
    const [at] = argumentsOf(node);
    const isOne =
      at?.type === 'UnaryExpression' && field(at, 'operator') === '-' && child(at, 'argument')?.value === 1;
    return memberName(callee) === 'at' && isIdentifier(child(callee, 'object'), list) && isOne;
  }
  const index = isMember(node) && node.computed === true ? child(node, 'property') : null;
  if (index === null || !isIdentifier(child(node, 'object'), list)) return false;
  if (index.value === 2) return true;
  const [left, right] =
    index.type === 'BinaryExpression' ? [child(index, 'left'), child(index, 'right')] : [null, null];
  return (
    field(index, 'operator') === '-' &&
    right?.value === 1 &&
    isMember(left) &&
    memberName(left) === 'length' &&
    isIdentifier(child(left, 'object'), list)
  );
}

/** `handler.bind(controller)`: the handler itself. */
export const isBind = (call: SyntaxNode): boolean => {
  const callee = child(call, 'callee');
  const property = callee?.type === 'MemberExpression' ? child(callee, 'property') : null;
  return property?.type === 'Identifier' && property.name === 'bind';
};

/** The functions that a call is given. */
export function functionsGiven(
  flow: Flow,
  functionOf: (value: FunctionValue) => ExpressFunction | null,
  call: SyntaxNode | null,
): ExpressFunction[] {
  if (call === null) return [];
  const found = new Set<ExpressFunction>();
  for (const argument of argumentsOf(call)) {
    for (const value of flow.valuesOf(argument)) {
      const fn = value.kind === 'function' ? functionOf(value) : null;
      if (fn !== null) found.add(fn);
    }
  }
  return [...found];
}

/**
 * Middleware of packages that a function of the program makes where it returns it: `return rateLimit({ … })`. Null where what the
 * call gives may be middleware that is made in another way.
 */
export function returnedPackages(
  flow: Flow,
  call: Place,
  values: readonly Value[],
): PackageMiddleware[] | null {
  const callee = calleeOf(call.node);
  const reached =
    callee === null
      ? []
      : flow.valuesOf(callee).flatMap((value) => (value.kind === 'function' ? [value.node] : []));
  const found = values.flatMap((value): (PackageMiddleware | null)[] => {
    if (value.kind !== 'external') return [];
    const made = value.calls.at(-1);
    if (made === undefined || value.origin !== 'package') return [null];
    const { file, node } = made;
    const up = parentsOf(file).get(node);
    const factory = enclosingFunction(file, node);
    const isReturned = up?.type === 'ReturnStatement' || up === factory;
    return isReturned && factory !== null && reached.includes(factory)
      ? [{ kind: 'package', file, node, ...packageMember(value), call: made }]
      : [null];
  });
  return found.every((each) => each !== null) ? found : null;
}

/** The whole chain of calls that begins with one: `body('name').trim().notEmpty()`. */
export function chainOf({ file, node }: Place): Place {
  const parents = parentsOf(file);
  const member = parents.get(node);
  const call = member === undefined ? undefined : parents.get(member);
  const isChained = call !== undefined && isCall(call) && calleeOf(call) === member;
  return isChained && child(member ?? node, 'object') === node
    ? chainOf({ file, node: call })
    : { file, node };
}

/** Where a link of a chain is written: the method's name for a chained call, else the start of the call. */
export function registrationOffset(call: SyntaxNode): number {
  const callee = child(call, 'callee');
  const object = callee === null ? null : child(callee, 'object');
  const property = callee === null ? null : child(callee, 'property');
  return object?.type === 'CallExpression' && property !== null ? property.start : call.start;
}
