import type {
  ExpressFunction,
  Registration,
  RouterValue,
} from '../../../../src/workspace/express/program.ts';
import { functionsIn, routersIn } from '../../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  isFunction,
  isIdentifier,
  isMember,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import type { Conversion, FileWork } from '../../state/conversion.ts';
import { isErrorArgument, isErrorHandler } from '../routes/registrations.ts';
import { mayFail } from './failing-errors.ts';
import { mayRecover } from './recovery.ts';

/** The error handlers of an application or router as plain Hono has them. */
export interface ErrorChain {
  /** Those behind all that may fail, in their order: what one of them passes on is for the next. They are one `onError`. */
  last: readonly Registration[];
  /**
   * Where some of those are there under a condition: the statements of one block in which they stand, the last of which is
   * always there. They are put on a list. Null where all are there.
   */
  block: readonly SyntaxNode[] | null;
  /** Those before something that may fail, with the middleware and routes whose errors they see: they stand around these. */
  early: readonly EarlyErrors[];
}

export interface EarlyErrors {
  registration: Registration;
  around: readonly Registration[];
}

const ORDER = 'error handlers run in the order and at the place they were registered';

/** A path that an error handler is for, which a comparison of texts tells. */
const LITERAL_PATH = /^(?:\/[\w.~-]+)+\/?$/;

/** Around so many routes a handler is put by itself: with more of them their order is told apart when it runs. */
const MOST_ROUTES = 5;

const chains = new WeakMap<Conversion, Map<RouterValue, ErrorChain | string>>();

/** How the error handlers of an application or router stand in plain Hono, or why they need Express's routing. */
export function errorChain(conversion: Conversion, router: RouterValue): ErrorChain | string {
  const known = chains.get(conversion) ?? new Map<RouterValue, ErrorChain | string>();
  chains.set(conversion, known);
  const found = known.get(router) ?? readChain(conversion, router);
  known.set(router, found);
  return found;
}

/** Whether something is registered whenever the application is made. */
export const isAlwaysThere = ({ program }: Conversion, { on, file, call }: Registration): boolean =>
  program.reach(on, file, call).unless === null;

/** Whether no error comes of what is registered: its functions neither fail nor pass one on. */
export const cannotFail = ({ handlers }: Registration): boolean =>
  handlers.every(
    (each) =>
      each.kind === 'function' && each.functions.every((fn) => !fn.roles.includes('next') && !mayFail(fn)),
  );

function readChain(conversion: Conversion, router: RouterValue): ErrorChain | string {
  const all = conversion.program.registrations.filter(({ on }) => on === router);
  const errors = all.filter(isErrorHandler);
  const others = all.filter((each) => !isErrorHandler(each) && each.method !== 'param');
  const last: Registration[] = [];
  const early: EarlyErrors[] = [];
  for (const error of errors) {
    const isBehind = (each: Registration) => isLater(conversion, error, each, all);
    if (others.every((each) => !isBehind(each) || cannotFail(each))) last.push(error);
    else
      early.push({
        registration: error,
        around: others.filter((each) => !isBehind(each) && !isHarmless(conversion, each)),
      });
  }
  const areThere = last.every((each) => isAlwaysThere(conversion, each));
  const block = areThere ? null : statementsOf(conversion, last);
  const isPlain =
    new Set(errors.map(({ file }) => file)).size < 2 &&
    errors.every((each) => isPlainHandler(each)) &&
    early.every((each) => isAlwaysThere(conversion, each.registration)) &&
    last.every((each) => isLast(each, errors.length > 1)) &&
    (areThere ? standTogether(conversion, last) : block !== null) &&
    early.every((each) => canStandAround(conversion, each)) &&
    early.flatMap(({ around }) => around).filter(({ method }) => method !== 'use').length <= MOST_ROUTES;
  return isPlain ? { last, block, early } : ORDER;
}

/**
 * Whether a registration runs after another one: certainly or, in one file, by its place.
 *
 * @param all what is registered on the same application or router
 */
export function isLater(
  { program }: Conversion,
  one: Registration,
  other: Registration,
  all: readonly Registration[],
): boolean {
  const place = ({ file, call }: Registration) => ({ file, node: call });
  if (program.laterThan(one.on, place(one), place(other)) !== null) return true;
  if (one.file !== other.file || program.laterThan(one.on, place(other), place(one)) !== null) return false;
  return all.indexOf(other) > all.indexOf(one);
}

function isPlainHandler({ handlers, pathNode, paths, rows, turns, on }: Registration): boolean {
  const isLiteral =
    pathNode === null || (paths.length === 1 && LITERAL_PATH.test(paths[0]?.text ?? '') && on.kind === 'app');
  return (
    isLiteral &&
    rows === undefined &&
    turns === undefined &&
    handlers.length > 0 &&
    handlers.every(isErrorArgument) &&
    handlers.every(({ kind }) => kind === 'function' || kind === 'factory') &&
    !handlers.flatMap((each) => functionsIn(each)).some(mayRecover)
  );
}

/** Where several become one call, they move: what is made by a call would be made later. */
const isLast = ({ handlers }: Registration, moves: boolean): boolean =>
  !moves || handlers.every(({ kind }) => kind === 'function');

/** Whether several registrations are statements of one block, so that what one names the other can name. */
function standTogether({ workOf }: Conversion, registrations: readonly Registration[]): boolean {
  if (registrations.length < 2) return true;
  const blocks = registrations.map(({ file, call }) => {
    const { parents } = workOf(file);
    const statement = parents.get(call);
    return statement?.type === 'ExpressionStatement' ? parents.get(statement) : undefined;
  });
  return blocks[0] !== undefined && new Set(blocks).size === 1;
}

/**
 * The statements of one block in which error handlers stand, some of them inside an `if`; null where the last may not be there, or
 * where one stands in another function.
 */
function statementsOf(conversion: Conversion, last: readonly Registration[]): SyntaxNode[] | null {
  const end = last.at(-1);
  // Beside Express each registration is written twice.
  if (end === undefined || conversion.worlds !== null || !isAlwaysThere(conversion, end)) return null;
  const { parents } = conversion.workOf(end.file);
  const closing = parents.get(end.call);
  const block = closing === undefined ? undefined : parents.get(closing);
  if (
    closing?.type !== 'ExpressionStatement' ||
    block === undefined ||
    !/^(Program|BlockStatement)$/.test(block.type)
  )
    return null;
  const found = last.map(({ call }) => {
    let at = parents.get(call);
    if (at?.type !== 'ExpressionStatement') return null;
    while (at !== undefined && parents.get(at) !== block) {
      at = parents.get(at);
      if (at !== undefined && !/^(IfStatement|BlockStatement)$/.test(at.type)) return null;
    }
    return at ?? null;
  });
  return found.every((each) => each !== null) ? found : null;
}

function canStandAround(conversion: Conversion, { registration, around }: EarlyErrors): boolean {
  const { file, pathNode, handlers } = registration;
  const work = conversion.workOf(file);
  const block = (call: SyntaxNode) => {
    const statement = work.parents.get(call);
    return statement?.type === 'ExpressionStatement' ? work.parents.get(statement) : undefined;
  };
  const own = block(registration.call);
  const [handler, ...more] = handlers;
  return (
    pathNode === null &&
    more.length === 0 &&
    handler?.kind === 'function' &&
    own !== undefined &&
    around.every((each) => each.file === file && block(each.call) === own && isWrapped(each)) &&
    around.every((each) => isReadyAt(work, handler.node, each.call))
  );
}

/** Whether an error handler can be named, or written, where a call further up stands. */
function isReadyAt(work: FileWork, handler: SyntaxNode, call: SyntaxNode): boolean {
  // A constant for it has no type that its parameters could be read from.
  if (isFunction(handler)) return !work.file.typescript;
  const root = isMember(handler) ? child(handler, 'object') : handler;
  const binding = isIdentifier(root) ? work.bindings.bindingOf(root) : null;
  if (binding === null) return false;
  const { declaration } = binding;
  return /^(Import\w+|FunctionDeclaration)$/.test(declaration.type) || declaration.end < call.start;
}

/** Middleware and handlers that a function can stand around. */
const isWrapped = ({ handlers, rows, turns, routeCall }: Registration): boolean =>
  rows === undefined &&
  turns === undefined &&
  routeCall === null &&
  handlers.every((each) => /^(function|factory|package)$/.test(each.kind) && routersIn(each).length === 0);

/** Middleware that sets a header, logs, or reads what is there, and hands no error on. */
const HARMLESS = /^(helmet|morgan|nocache|response-time|cookie-parser|compression|x-xss-protection)$/;

const isHarmless = (conversion: Conversion, { handlers }: Registration): boolean =>
  handlers.every(
    (each) =>
      (each.kind === 'package' && HARMLESS.test(each.package)) ||
      (each.kind === 'function' && each.functions.every((fn) => passesNothingOn(conversion, fn))),
  );

/** Whether a function neither fails nor gives `next` anything. */
function passesNothingOn({ units }: Conversion, fn: ExpressFunction): boolean {
  const unit = units.get(fn.node);
  if (unit === undefined || mayFail(fn)) return false;
  const calls = unit.uses.flatMap(({ node, role }) => (role === 'next' ? [unit.work.parents.get(node)] : []));
  return calls.every((call) => call?.type === 'CallExpression' && argumentsOf(call).length === 0);
}
