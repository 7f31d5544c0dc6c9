import type { ExternalCall, Flow } from '../syntax/flow/flow.ts';
import type { ArrayValue, Cell, ExternalValue, FunctionValue, Value } from '../syntax/flow/values.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isFunction,
  isRegExp,
  memberName,
  unwrap,
} from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parse.ts';
import { functionsWithin, otherUseOf, spreadIn, whyUnread, writtenIn } from './lists.ts';
import type {
  ExpressFunction,
  ExpressProgram,
  HandlerArgument,
  InPlace,
  Place,
  Ran,
  Registration,
  RouterValue,
} from './program.ts';
import { rowsOf } from './rows.ts';
import { packageMember, type RouterMember, routerKind } from './surface.ts';
import { isPath, piecesOf, shownText, textOf } from './text.ts';
import { createTurns } from './turns.ts';
import { chainOf, functionsGiven, isBind, registrationOffset, returnedPackages } from './wrappers.ts';

/** How registrations look up what other parts of the analysis collect. */
export interface Lookup {
  functionOf(value: FunctionValue): ExpressFunction | null;
  routerOf(value: ExternalValue): RouterValue | null;
}

function pathsOf(flow: Flow, { file, node }: Place): Registration['paths'] {
  const inner = unwrap(node);
  if (inner.type === 'ArrayExpression') {
    return children(inner, 'elements').flatMap((element) => [...pathsOf(flow, { file, node: element })]);
  }
  const text = textOf(flow, inner);
  if (text !== null) return [{ file, node, text, shown: text, regexp: false, pieces: [text] }];
  const values = flow.valuesOf(inner);
  const list = values.length === 1 ? values[0] : undefined;
  if (list?.kind === 'array' && list.node.type === 'ArrayExpression') return pathsOf(flow, list);
  const pieces = piecesOf(flow, { file, node: inner });
  return [{ file, node, text: null, shown: shownText(flow, inner), regexp: isRegExp(inner), pieces }];
}

/** Builds the description of one handler argument from everything it may hold. */
export function handlerArgument(
  flow: Flow,
  lookup: Lookup,
  place: Place,
  known?: readonly Value[],
): HandlerArgument {
  const { file, node: argument } = place;
  const node = unwrap(
    argument.type === 'SpreadElement' ? (child(argument, 'argument') ?? argument) : argument,
  );
  if (node.type === 'ArrayExpression' && known === undefined) {
    const items = children(node, 'elements').map((element) =>
      handlerArgument(flow, lookup, { file, node: element }),
    );
    return { kind: 'array', ...place, items, otherUse: null };
  }
  const values = known ?? flow.valuesOf(node);
  const functions = new Set<ExpressFunction>();
  const makers = new Map<SyntaxNode, Place>();
  const routers: RouterValue[] = [];
  let external: ExternalValue | null = null;
  const lists: ArrayValue[] = [];
  let incomplete = values.length === 0;
  for (const value of values) {
    if (value.kind === 'function') {
      const fn = lookup.functionOf(value);
      if (fn !== null) functions.add(fn);
      if (value.madeBy !== null) makers.set(value.madeBy.node, value.madeBy);
    } else if (value.kind === 'external') {
      const router = routerKind(value) === null ? null : lookup.routerOf(value);
      if (router !== null) routers.push(router);
      else external = value;
    } else if (value.kind === 'array') lists.push(value);
    else if (value.kind === 'unknown' || value.kind === 'module') incomplete = true;
  }
  const unknown = (reason: string, items: readonly HandlerArgument[] = []): HandlerArgument => {
    const own =
      functions.size > 0 ? [{ kind: 'function' as const, ...place, functions: [...functions] }] : [];
    return { kind: 'unknown', ...place, reason, held: [...own, ...items] };
  };
  const [list, ...otherLists] = lists;
  if (list !== undefined && functions.size === 0) {
    const written = lists.flatMap((each) => writtenIn(each));
    const items = written.map((each) => handlerArgument(flow, lookup, each));
    const spread = new Set(written.flatMap((each) => spreadIn(flow, each.node)));
    const added = lists
      .flatMap(({ members }) => [...(members.get('?')?.values ?? [])])
      .filter((value) => !spread.has(value));
    // By `concat`, `push`, `map` or `Object.values`: each stands where it is written.
    const more = functionsWithin(added)
      .filter((value) => lookup.functionOf(value) !== null)
      .map((value) => handlerArgument(flow, lookup, { file: value.file, node: value.node }, [value]));
    const reason = otherLists.length > 0 ? 'it may be one list or another one' : whyUnread(added);
    if (reason !== null) return unknown(reason, [...items, ...more]);
    return { kind: 'array', ...place, items: [...items, ...more], otherUse: otherUseOf(flow, list) };
  }
  if (routers.length > 0) {
    return functions.size > 0
      ? unknown('may be a router or a function')
      : { kind: 'router', ...place, routers };
  }
  const call = isCall(node) && !isBind(node) ? node : null;
  const packages = call === null ? null : returnedPackages(flow, { file, node: call }, values);
  if (packages !== null && packages.length > 0 && functions.size > 0 && !incomplete && call !== null)
    return {
      ...{ kind: 'factory', ...place, call: { file, node: call } },
      ...{ functions: [...functions], wraps: functionsGiven(flow, lookup.functionOf, call), packages },
    };
  if (external !== null) {
    if (functions.size > 0)
      return unknown(
        `may be from ${external.module || 'the global object'} or a function of this repository`,
      );
    if (external.origin === 'package') {
      const made = external.calls.at(-1) ?? null;
      return { kind: 'package', ...place, ...packageMember(external), call: made };
    }
  }
  if (functions.size > 0) {
    if (incomplete) return unknown('may also be a value that could not be followed');
    if (call !== null && flow.passing.has(call))
      return { kind: 'factory', ...place, call: { file, node: call }, functions: [], wraps: [...functions] };
    if (call !== null) makers.set(call, { file, node: call });
    const maker = [...makers.values()].at(-1);
    if (maker === undefined) return { kind: 'function', ...place, functions: [...functions] };
    const wraps = new Set(
      [...makers.keys()].flatMap((made) => functionsGiven(flow, lookup.functionOf, made)),
    );
    return { kind: 'factory', ...place, call: maker, functions: [...functions], wraps: [...wraps] };
  }
  return unknown('what this expression holds could not be followed');
}

function routePath(route: Place | null): Place | null {
  const path = route === null ? undefined : argumentsOf(route.node)[0];
  return route === null || path === undefined ? null : { file: route.file, node: path };
}

/** Splits a registering call into paths and handlers. */
export function describeRegistration(
  flow: Flow,
  lookup: Lookup,
  on: RouterValue,
  found: RouterMember,
  { file, node }: Pick<ExternalCall, 'file' | 'node'>,
): Registration {
  const args = argumentsOf(node);
  const method = found.member === '*' ? 'unknown' : found.member === 'del' ? 'delete' : found.member;
  const first = args[0];
  const hasPath =
    found.route === null &&
    first !== undefined &&
    first.type !== 'SpreadElement' &&
    (method !== 'use' || isPath(flow, first, args.length > 1));
  const pathNode = hasPath ? first : null;
  const pathSource = pathNode === null ? routePath(found.route) : { file, node: pathNode };
  const rows = rowsOf(flow, file, node)
    ?.filter((row) => row.method === null || row.method.toLowerCase() === method)
    .map(({ values }) => {
      const path = values.get(0);
      const text = path?.length === 1 && path[0]?.kind === 'text' ? path[0].text : null;
      return {
        path: text,
        handlers: args
          .slice(1)
          .map((argument, index) =>
            handlerArgument(flow, lookup, { file, node: argument }, values.get(index + 1)),
          ),
      };
    });
  const paths = pathSource === null ? [] : pathsOf(flow, pathSource);
  const isRead =
    rows?.every(({ path }) => path !== null) ?? paths.every(({ text, regexp }) => text !== null || regexp);
  const turns =
    isRead || pathSource === null
      ? []
      : turnsOf(flow, lookup, on, { file, node }, method, pathSource, args.slice(hasPath ? 1 : 0));
  return {
    ...(rows === undefined ? {} : { rows }),
    ...(turns.length === 0 ? {} : { turns }),
    id: `${file.path}:${node.start}-${node.end}:${method}@${on.id}`,
    on,
    file,
    call: node,
    location: file.locate(registrationOffset(node)),
    method,
    paths,
    pathNode,
    routeCall: found.route,
    handlers: args.slice(hasPath ? 1 : 0).map((argument, index) => {
      const column = rows?.map(({ handlers }) => handlers[index]).find((one) => one?.kind === 'unknown');
      return (hasPath && column) || handlerArgument(flow, lookup, { file, node: argument });
    }),
  };
}

/** What a call registers in each turn of the loops around it; empty where no turn's path is known. */
function turnsOf(
  flow: Flow,
  lookup: Lookup,
  on: RouterValue,
  { file, node }: Pick<ExternalCall, 'file' | 'node'>,
  method: string,
  pathSource: Place,
  handlers: readonly SyntaxNode[],
): NonNullable<Registration['turns']> {
  const turns = createTurns(flow);
  const callee = child(node, 'callee');
  const verb = callee?.computed === true ? child(callee, 'property') : null;
  const out = new Map<string | null, NonNullable<Registration['turns']>[number]>();
  for (const turn of turns.at({ file, node }, on.file === file ? on.creation : null)) {
    const said = verb === null ? null : turns.textIn({ file, node: verb }, turn);
    if (said !== null && said.toLowerCase() !== method) continue;
    const path = turns.textIn(pathSource, turn);
    if (out.has(path)) continue;
    const described = handlers.map((argument) => {
      const item = turns.itemOf({ file, node: argument }, turn);
      const own =
        item.kind === 'node' && item.node !== unwrap(argument) ? flow.valuesOf(item.node) : undefined;
      return handlerArgument(flow, lookup, { file, node: argument }, own);
    });
    out.set(path, { path, handlers: described });
  }
  return [...out.keys()].every((path) => path === null) ? [] : [...out.values()];
}

/** Functions of a handler argument, arrays opened, wrapped functions after their wrapper. */
export function functionsIn(argument: HandlerArgument): readonly ExpressFunction[] {
  if (argument.kind === 'function') return argument.functions;
  if (argument.kind === 'factory') return [...argument.functions, ...argument.wraps];
  return argument.kind === 'array' ? argument.items.flatMap((item) => [...functionsIn(item)]) : [];
}

/** Routers of a handler argument, arrays opened. */
export function routersIn(argument: HandlerArgument): readonly RouterValue[] {
  if (argument.kind === 'router') return argument.routers;
  return argument.kind === 'array' ? argument.items.flatMap((item) => [...routersIn(item)]) : [];
}

/** A handler argument that is middleware of a package. */
export type PackageArgument = Extract<HandlerArgument, { kind: 'package' }>;

/** All middleware of packages in a program: what is registered, and what functions call with their request. */
export const packagesOf = ({ registrations, inPlace, ran }: ExpressProgram): PackageArgument[] => [
  ...registrations.flatMap(({ handlers }) => handlers.flatMap(packagesIn)),
  ...inPlace.map(({ middleware }) => middleware),
  ...ran.flatMap(({ made }) => made),
];

/** Packages' middleware of a handler argument, arrays opened. */
export function packagesIn(argument: HandlerArgument): readonly PackageArgument[] {
  if (argument.kind === 'package') return [argument];
  if (argument.kind === 'factory') return argument.packages ?? [];
  return argument.kind === 'array' ? argument.items.flatMap((item) => [...packagesIn(item)]) : [];
}

/** `express.json()(req, res, next)`: what a package made is called with the request of the function around. */
export function inPlaceOf(flow: Flow, lookup: Lookup): InPlace[] {
  const isAt = (cell: Cell | undefined, marker: string) => cell?.values.has(flow.marker(marker)) === true;
  return flow.externalCalls.flatMap(({ callee, file, node, arguments: args }) => {
    const [req, res, next, ...more] = args;
    const made = calleeOf(node);
    if (callee.kind !== 'external' || callee.origin !== 'package' || made === null || more.length) return [];
    const isTold = argumentsOf(node).slice(2).some(isFunction);
    if (!isAt(req, 'req') || !isAt(res, 'res') || !(isTold || isAt(next, 'next'))) return [];
    const middleware = handlerArgument(flow, lookup, { file, node: made });
    return middleware.kind === 'package' ? [{ file, node, middleware, isTold }] : [];
  });
}

/** `validation.run(req)`: what packages made and functions hand their request to; not where it may be anything else as well. */
export function ranOf(flow: Flow): Ran[] {
  const found = new Map<SyntaxNode, Ran>();
  for (const { file, node, arguments: args } of flow.externalCalls) {
    const callee = calleeOf(node);
    const object = memberName(callee) === 'run' && callee !== null ? child(callee, 'object') : null;
    const isOfRequest = args.length === 1 && args[0]?.values.has(flow.marker('req')) === true;
    if (object === null || !isOfRequest) continue;
    const made = flow.valuesOf(object).map((value): PackageArgument | null => {
      const call = value.kind === 'external' && value.origin === 'package' ? value.calls.at(-1) : undefined;
      return call === undefined || value.kind !== 'external'
        ? null
        : { kind: 'package', ...chainOf(call), ...packageMember(value), call };
    });
    if (made.length > 0 && made.every((each) => each !== null)) found.set(node, { file, node, made });
  }
  return [...found.values()];
}
