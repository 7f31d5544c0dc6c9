import type { Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { argumentsOf, calleeOf, child, children, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atStart, range } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { handlerNodes, memberOf } from '../facts/routes/registrations.ts';
import { dropCookieParser } from '../native/named-cookies.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf } from '../state/conversion.ts';
import { isInPlace, isMoved } from '../state/worlds.ts';
import { wrapEarly } from './error-chains.ts';
import { convertHandlers, convertPath } from './handlers.ts';
import { convertUse } from './mounts.ts';
import { collectParams, convertParam, paramsFor } from './params.ts';
import { holdsMore, pathText } from './paths.ts';
import { chainStart } from './route-options.ts';
import { checkOrder } from './routing-order.ts';

const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'all']);

/** Rewrites everything that is registered on the routers, in source order. */
export function convertRegistrations(conversion: Conversion) {
  const params = collectParams(conversion);
  const byRouter = new Map<RouterValue, Registration[]>();
  for (const registration of conversion.program.registrations) {
    if (isInPlace(conversion, registration)) continue;
    byRouter.set(registration.on, [...(byRouter.get(registration.on) ?? []), registration]);
  }
  const done = new Set<SyntaxNode>();
  for (const [router, registrations] of byRouter) {
    checkOrder(conversion, router, registrations, byRouter);
    for (const registration of registrations) {
      if (done.has(registration.call)) continue;
      done.add(registration.call);
      const work = conversion.workOf(registration.file);
      const late = conversion.program.onceListening(registration.on, registration.file, registration.call);
      if (late !== null) {
        const reason = `${late}, and Hono takes no more routes then`;
        refuse(conversion, work, registration.call, 'routing/late', reason);
        continue;
      }
      if (dropCookieParser(conversion, registration)) continue;
      if (registration.method === 'param') convertParam(conversion, work, registration, params);
      else if (registration.method === 'use')
        convertUse(
          conversion,
          work,
          registration,
          registrations,
          paramsFor(conversion, registration, params),
        );
      else convertRoute(conversion, work, registration, paramsFor(conversion, registration, params));
    }
  }
}

/**
 * A wrapper hands rejections to `next`. Hono's handlers are awaited, so the wrapped function stands alone.
 *
 * @returns the calls that are gone
 */
export function dropWrappers(conversion: Conversion): Set<SyntaxNode> {
  const dropped = new Set<SyntaxNode>();
  const { program, units, worlds, claimed } = conversion;
  for (const { file, node, functions } of program.wrappers) {
    const [wrapped] = argumentsOf(node);
    const isOurs = functions.length > 0 && functions.every((fn) => units.has(fn.node));
    if (wrapped === undefined || !isOurs || claimed.has(node) || !isMoved(worlds, file.path, node)) continue;
    replace(conversion, conversion.workOf(file), node, [spanOf(wrapped)], 'packages/wrapper');
    dropped.add(node);
  }
  return dropped;
}

function convertRoute(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
  params: readonly string[],
) {
  const { call, method, pathNode, routeCall } = registration;
  const member = memberOf(call);
  const callee = calleeOf(call);
  if (member === null || callee === null) return;
  if (callee.computed === true && !isKnownTable(conversion, registration))
    return refuse(conversion, work, call, 'routing/verb', 'the method of this route is computed');
  if (holdsMore(conversion, work, registration))
    return refuse(conversion, work, registration.pathNode ?? call, 'routing/path', 'this path has no rule');
  if (routeCall === null) wrapHandlers(conversion, work, registration);
  wrapEarly(conversion, work, registration);
  convertHandlers(conversion, registration);
  const middlewares = params.map((name) => `${name}, `).join('');
  const [first] = handlerNodes(registration);
  if (first === undefined)
    return refuse(conversion, work, call, 'routing/handler', 'this route has no handler');
  if (routeCall !== null) {
    const { node: route } = routeCall;
    if (routeCall.file !== registration.file)
      return refuse(conversion, work, call, 'routing/route', 'the `route` of this chain is in another file');
    const [path] = argumentsOf(route);
    const text = path === undefined ? null : pathText(conversion, work, path);
    if (path === undefined || text === null)
      return refuse(conversion, work, route, 'routing/path', 'this path has no rule');
    if (!VERBS.has(method))
      return refuse(conversion, work, call, 'routing/verb', `\`${method}\` has no rule in a chain`);
    const object = child(calleeOf(route) ?? route, 'object');
    if (object === null) return;
    if (!conversion.claimed.has(route)) {
      conversion.claimed.add(route);
      replace(conversion, work, range(route, object.end, route.end), [''], 'routing/route');
    }
    const chained = chainStart(conversion, work, registration);
    work.draft.lead(atStart(first), `${text}, ${chained}${middlewares}`, 'routing/route');
    return;
  }
  if (pathNode === null) return refuse(conversion, work, call, 'routing/path', 'this route has no path');
  const array = unwrap(pathNode).type === 'ArrayExpression' ? unwrap(pathNode) : null;
  if (callee.computed === true && array !== null)
    return refuse(
      conversion,
      work,
      pathNode,
      'routing/path',
      'a list of paths has no rule where the method is computed',
    );
  if (callee.computed === true) return;
  if (array !== null || !VERBS.has(method)) {
    const verb = method === 'all' ? 'ALL' : method.toUpperCase();
    replace(conversion, work, member, ['on'], 'routing/verb');
    work.draft.insert(atStart(pathNode), `${work.layout.string(verb)}, `, 'routing/verb');
  }
  for (const each of array === null ? [pathNode] : children(array, 'elements'))
    convertPath(conversion, work, each, false);
  const before = `${chainStart(conversion, work, registration)}${middlewares}`;
  if (before !== '') work.draft.lead(atStart(first), before, 'routing/param');
}

/**
 * `oneRoute(…)` around handlers of which one may leave out the rest, `onlyHead(…)` around those for HEAD. Before the handlers
 * themselves are converted: what a bridge puts around one of them stands inside.
 */
function wrapHandlers(conversion: Conversion, work: FileWork, registration: Registration) {
  const nodes = handlerNodes(registration);
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (first === undefined || last === undefined || conversion.dry > 0) return;
  if (conversion.skippable.has(registration.call)) {
    const name = parityName(conversion, work, 'oneRoute');
    const all = range(first, first.start, last.end);
    replace(conversion, work, all, [`...${name}(`, all, ')'], 'routing/skip');
  }
  if (registration.method !== 'head') return;
  const name = parityName(conversion, work, 'onlyHead');
  for (const argument of registration.handlers) {
    const array = unwrap(argument.node);
    const isList = argument.kind === 'array';
    const each = isList && array.type === 'ArrayExpression' ? children(array, 'elements') : [argument.node];
    for (const node of each) {
      if ((isList && each[0] === argument.node) || node.type === 'SpreadElement')
        return refuse(conversion, work, node, 'routing/head', 'a list of handlers for HEAD has no rule');
      work.draft.replace(node, [`${name}(`, spanOf(node), ')'], 'routing/head');
    }
  }
}

/** `app[method](path, handler)` for each row of a table: Hono has the same methods, if it has all that the table names. */
function isKnownTable(conversion: Conversion, { call, pathNode }: Registration): boolean {
  const all = conversion.program.registrations.filter((each) => each.call === call);
  const paths = all.flatMap(
    ({ rows, paths: own }) => rows?.map(({ path }) => path) ?? own.map(({ text }) => text),
  );
  const isPlain = (path: string | null) => path !== null && !/[*?+()]/.test(path);
  return (
    pathNode !== null &&
    all.every(({ method }) => VERBS.has(method)) &&
    paths.length > 0 &&
    paths.every(isPlain)
  );
}
