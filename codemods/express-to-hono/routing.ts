import type { HandlerArgument, Registration, RouterValue } from '../../src/workspace/express/program.ts';
import { freshName } from '../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  literalText,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf, textOf } from './conversion.ts';
import type { Part } from './draft.ts';
import { indentAt } from './emit.ts';
import { answersOf } from './flow.ts';
import { parityName } from './imports.ts';
import { convertPackage } from './packages.ts';
import { pathText, starPath } from './paths.ts';

const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'all']);

/** A `param` callback: the constant that will hold its middleware. */
interface ParamMiddleware {
  param: string;
  constant: string;
  registration: Registration;
}

/** Rewrites everything that is registered on the routers, in source order. */
export function convertRegistrations(conversion: Conversion) {
  const params = collectParams(conversion);
  const byRouter = new Map<RouterValue, Registration[]>();
  for (const registration of conversion.program.registrations) {
    byRouter.set(registration.on, [...(byRouter.get(registration.on) ?? []), registration]);
  }
  const done = new Set<SyntaxNode>();
  for (const [router, registrations] of byRouter) {
    checkOrder(conversion, router, registrations, byRouter);
    for (const registration of registrations) {
      if (done.has(registration.call)) continue;
      done.add(registration.call);
      const work = conversion.workOf(registration.file);
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

/** Express mounts a router live; Hono copies its routes, so they must be there when it is mounted. */
function checkOrder(
  conversion: Conversion,
  router: RouterValue,
  registrations: readonly Registration[],
  byRouter: ReadonlyMap<RouterValue, Registration[]>,
) {
  const errors = registrations.findIndex((each) => isErrorHandler(each));
  const after =
    errors < 0 ? undefined : registrations.slice(errors + 1).find((each) => !isErrorHandler(each));
  if (after !== undefined && after.file === registrations[errors]?.file) {
    refuse(
      conversion,
      conversion.workOf(after.file),
      after.call,
      'errors/order',
      'this is registered after an error handler, which does not see its errors',
    );
  }
  for (const registration of registrations) {
    for (const mounted of registration.handlers.flatMap(routersIn)) {
      const late = byRouter
        .get(mounted)
        ?.find(
          (each) =>
            each.file === registration.file &&
            each.call.start > registration.call.start &&
            sameFunction(conversion, each, registration),
        );
      if (late !== undefined) {
        refuse(
          conversion,
          conversion.workOf(late.file),
          late.call,
          'routing/order',
          'this route is added after its router was mounted',
        );
      }
      if (mounted.kind === 'app' || mounted === router) {
        refuse(
          conversion,
          conversion.workOf(registration.file),
          registration.call,
          'routing/sub-app',
          'an application is mounted in another one',
        );
      }
    }
  }
}

function sameFunction(conversion: Conversion, a: Registration, b: Registration): boolean {
  const around = (each: Registration) => {
    const { parents } = conversion.workOf(each.file);
    let up: SyntaxNode | undefined = each.call;
    while (up !== undefined && !isFunction(up)) up = parents.get(up);
    return up;
  };
  return around(a) === around(b);
}

export function routersIn(argument: HandlerArgument): RouterValue[] {
  if (argument.kind === 'router') return [...argument.routers];
  return argument.kind === 'array' ? argument.items.flatMap(routersIn) : [];
}

const functionsOf = (argument: HandlerArgument) =>
  argument.kind === 'function' || argument.kind === 'factory' ? argument.functions : [];

export const isErrorHandler = (registration: Registration): boolean =>
  registration.handlers.some((argument) => functionsOf(argument).some((fn) => fn.kind === 'error-handler'));

function collectParams(conversion: Conversion): ParamMiddleware[] {
  const found: ParamMiddleware[] = [];
  for (const registration of conversion.program.registrations) {
    if (registration.method !== 'param') continue;
    const work = conversion.workOf(registration.file);
    const param = literalText(argumentsOf(registration.call)[0]) ?? registration.paths[0]?.text ?? null;
    if (param === null) {
      refuse(
        conversion,
        work,
        registration.call,
        'routing/param',
        'the name of this parameter is not a literal',
      );
      continue;
    }
    const constant = freshName(work.bindings.module, `${param}Param`, work.taken);
    work.taken.add(constant);
    found.push({ param, constant, registration });
  }
  return found;
}

/** `router.param('id', fn)` becomes a middleware of its own, which the routes with `:id` name first. */
function convertParam(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
  params: readonly ParamMiddleware[],
) {
  const { call } = registration;
  const own = params.find((each) => each.registration === registration);
  const [name, handler, ...more] = argumentsOf(call);
  if (own === undefined || name === undefined || handler === undefined) return;
  if (more.length > 0 || work.parents.get(call)?.type !== 'ExpressionStatement') {
    refuse(conversion, work, call, 'routing/param', 'this `param` call is part of a larger expression');
    return;
  }
  const helper = parityName(conversion, work, 'param');
  replace(
    conversion,
    work,
    call,
    [`const ${own.constant} = ${helper}(`, spanOf(name), ', ', spanOf(handler), ')'],
    'routing/param',
  );
}

/** The `param` middlewares that run before a registration, in the order of the path. */
function paramsFor(
  conversion: Conversion,
  registration: Registration,
  params: readonly ParamMiddleware[],
): string[] {
  const own = params.filter((each) => each.registration.on === registration.on);
  if (own.length === 0) return [];
  const work = conversion.workOf(registration.file);
  const found = new Map<number, string[]>();
  for (const { text, node } of registration.paths) {
    if (text === null) {
      refuse(
        conversion,
        work,
        node,
        'routing/param',
        'a router with `param` callbacks has a path that is not a literal',
      );
      continue;
    }
    for (const each of own) {
      const at = new RegExp(`[:*]${each.param}(?!\\w)`).exec(text)?.index;
      if (at === undefined) continue;
      if (
        each.registration.file !== registration.file ||
        each.registration.call.start > registration.call.start
      ) {
        refuse(
          conversion,
          work,
          registration.call,
          'routing/param',
          `the \`param\` callback for \`${each.param}\` is registered later or elsewhere`,
        );
      }
      found.set(at, [...(found.get(at) ?? []), each.constant]);
    }
  }
  return [...found.entries()].sort(([a], [b]) => a - b).flatMap(([, names]) => names);
}

const memberOf = (call: SyntaxNode): SyntaxNode | null => {
  const callee = calleeOf(call);
  return callee === null ? null : child(callee, 'property');
};

function handlerNodes(registration: Registration): SyntaxNode[] {
  const args = argumentsOf(registration.call);
  return registration.pathNode === null ? args : args.filter((arg) => arg !== registration.pathNode);
}

function convertHandlers(conversion: Conversion, work: FileWork, registration: Registration) {
  for (const argument of registration.handlers) convertHandler(conversion, work, argument);
}

function convertHandler(conversion: Conversion, work: FileWork, argument: HandlerArgument) {
  switch (argument.kind) {
    case 'unknown':
      refuse(
        conversion,
        work,
        argument.node,
        'routing/handler',
        `what handles this is not known: ${argument.reason}`,
      );
      return;
    case 'package':
      convertPackage(conversion, work, argument);
      return;
    case 'array': {
      const array = unwrap(argument.node);
      const elements = children(array, 'elements');
      const [first, last] = [elements[0], elements.at(-1)];
      if (array.type !== 'ArrayExpression')
        replace(conversion, work, argument.node, ['...', spanOf(argument.node)], 'routing/array');
      else if (
        first === undefined ||
        last === undefined ||
        elements.some((each) => each.type === 'SpreadElement')
      ) {
        refuse(conversion, work, array, 'routing/array', 'this list of handlers is empty or spread');
      } else {
        replace(conversion, work, { start: array.start, end: first.start }, [''], 'routing/array');
        replace(conversion, work, { start: last.end, end: array.end }, [''], 'routing/array');
      }
      for (const item of argument.items) convertHandler(conversion, work, item);
      return;
    }
    default:
  }
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
  if (callee.computed === true)
    return refuse(conversion, work, call, 'routing/verb', 'the method of this route is computed');
  if (method === 'head')
    return refuse(conversion, work, call, 'routing/head', 'Hono answers HEAD from GET routes only');
  convertHandlers(conversion, work, registration);
  const middlewares = params.map((name) => `${name}, `).join('');
  const [first] = handlerNodes(registration);
  if (first === undefined)
    return refuse(conversion, work, call, 'routing/handler', 'this route has no handler');
  if (routeCall !== null) {
    const [path] = argumentsOf(routeCall);
    const text = path === undefined ? null : pathText(conversion, work, path);
    if (path === undefined || text === null)
      return refuse(conversion, work, routeCall, 'routing/path', 'this path has no rule');
    if (!VERBS.has(method))
      return refuse(conversion, work, call, 'routing/verb', `\`${method}\` has no rule in a chain`);
    const object = child(calleeOf(routeCall) ?? routeCall, 'object');
    if (object === null) return;
    if (!conversion.claimed.has(routeCall)) {
      conversion.claimed.add(routeCall);
      replace(conversion, work, { start: object.end, end: routeCall.end }, [''], 'routing/route');
    }
    replace(
      conversion,
      work,
      { start: first.start, end: first.start },
      [`${text}, ${middlewares}`],
      'routing/route',
    );
    return;
  }
  if (pathNode === null) return refuse(conversion, work, call, 'routing/path', 'this route has no path');
  const array = unwrap(pathNode).type === 'ArrayExpression' ? unwrap(pathNode) : null;
  if (array !== null || !VERBS.has(method)) {
    const verb = method === 'all' ? 'ALL' : method.toUpperCase();
    replace(conversion, work, member, ['on'], 'routing/verb');
    work.draft.insert(pathNode.start, `${work.layout.string(verb)}, `, 'routing/verb');
  }
  for (const each of array === null ? [pathNode] : children(array, 'elements'))
    convertPath(conversion, work, each, false);
  if (middlewares !== '') work.draft.insert(first.start, middlewares, 'routing/param');
}

/** Rewrites one path where Hono's notation or Express's prefixes need it. */
function convertPath(conversion: Conversion, work: FileWork, node: SyntaxNode, prefix: boolean) {
  const text = prefix ? starPath(conversion, work, node) : pathText(conversion, work, node);
  if (text === null) refuse(conversion, work, node, 'routing/path', 'this path has no rule');
  else if (text !== textOf(work, node))
    replace(conversion, work, node, [text], prefix ? 'routing/prefix' : 'routing/path');
}

function convertUse(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
  all: readonly Registration[],
  params: readonly string[],
) {
  const { call, pathNode } = registration;
  const member = memberOf(call);
  const callee = calleeOf(call);
  const object = callee === null ? null : child(callee, 'object');
  if (member === null || object === null) return;
  convertHandlers(conversion, work, registration);
  const flat = registration.handlers;
  if (isErrorHandler(registration)) {
    const errors = all.filter(isErrorHandler);
    if (flat.length > 1 || pathNode !== null)
      return refuse(
        conversion,
        work,
        call,
        'errors/handler',
        'an error handler among others or at a path has no rule',
      );
    if (errors.length > 1)
      return refuse(
        conversion,
        work,
        call,
        'errors/handler',
        'several error handlers on one router have no rule',
      );
    return replace(conversion, work, member, ['onError'], 'errors/handler');
  }
  if (isNotFound(conversion, registration, all))
    return replace(conversion, work, member, ['notFound'], 'errors/not-found');
  const routers = flat.filter((argument) => routersIn(argument).length > 0);
  const others = flat.filter((argument) => routersIn(argument).length === 0);
  const array = pathNode !== null && unwrap(pathNode).type === 'ArrayExpression' ? unwrap(pathNode) : null;
  if (routers.length === 0) {
    if (array !== null) {
      replace(conversion, work, member, ['on'], 'routing/prefix');
      work.draft.insert(array.start, `${work.layout.string('ALL')}, `, 'routing/prefix');
    }
    for (const each of array === null ? (pathNode === null ? [] : [pathNode]) : children(array, 'elements')) {
      convertPath(conversion, work, each, true);
    }
    const [first] = handlerNodes(registration);
    if (params.length > 0 && first !== undefined)
      work.draft.insert(first.start, `${params.join(', ')}, `, 'routing/param');
    return;
  }
  if (array !== null || routers.some((argument) => argument.kind === 'array')) {
    return refuse(
      conversion,
      work,
      call,
      'routing/mount',
      'routers mounted at several paths or in a list have no rule',
    );
  }
  const mount = pathNode === null ? work.layout.string('/') : pathText(conversion, work, pathNode);
  const prefix = pathNode === null ? null : starPath(conversion, work, pathNode);
  if (mount === null || (pathNode !== null && prefix === null))
    return refuse(conversion, work, pathNode ?? call, 'routing/path', 'this path has no rule');
  const firstRouter = flat.findIndex((argument) => routersIn(argument).length > 0);
  if (flat.slice(firstRouter).some((argument) => routersIn(argument).length === 0)) {
    return refuse(
      conversion,
      work,
      call,
      'routing/mount',
      'middleware after a router in one `use` has no rule',
    );
  }
  if (others.length === 0 && params.length === 0 && routers.length === 1) {
    replace(conversion, work, member, ['route'], 'routing/mount');
    if (pathNode === null) {
      const [first] = argumentsOf(call);
      if (first !== undefined) work.draft.insert(first.start, `${mount}, `, 'routing/mount');
    } else if (mount !== textOf(work, pathNode))
      replace(conversion, work, pathNode, [mount], 'routing/mount');
    return;
  }
  if (work.parents.get(call)?.type !== 'ExpressionStatement') {
    return refuse(
      conversion,
      work,
      call,
      'routing/mount',
      'a router and middleware are mounted in the middle of a chain',
    );
  }
  const { newline, semicolon } = work.layout;
  const separator = `${semicolon}${newline}${indentAt(work, call.start)}`;
  const list: Part[] = [
    ...params.map((name): Part[] => [name]),
    ...others.map(({ node }): Part[] => [spanOf(node)]),
  ].flatMap((part, index): Part[] => (index === 0 ? part : [', ', ...part]));
  const at: Part[] = prefix === null ? [] : [prefix, ', '];
  const lines: Part[] = [spanOf(object), '.use(', ...at, ...list, ')'];
  for (const router of routers)
    lines.push(separator, textOf(work, object), `.route(${mount}, `, spanOf(router.node), ')');
  replace(conversion, work, call, lines, 'routing/mount');
}

/** The last thing on the root application that answers whatever came through: Hono's `notFound`. */
export function isNotFound(
  conversion: Conversion,
  registration: Registration,
  all: readonly Registration[],
): boolean {
  if (registration.on.kind !== 'app' || registration.pathNode !== null || registration.handlers.length !== 1)
    return false;
  const rest = all.slice(all.indexOf(registration) + 1);
  if (rest.some((each) => !isErrorHandler(each))) return false;
  const [argument] = registration.handlers;
  const functions = argument === undefined ? [] : functionsOf(argument);
  return (
    argument?.kind === 'function' &&
    functions.length > 0 &&
    functions.every((fn) => {
      const unit = conversion.units.get(fn.node);
      return (
        unit !== undefined &&
        !unit.uses.some(
          ({ role, node }) =>
            role === 'next' && argumentsOf(unit.work.parents.get(node) ?? node).length === 0,
        ) &&
        (answersOf(conversion, unit) === 'always' || alwaysThrows(fn.node))
      );
    })
  );
}

function alwaysThrows(fn: SyntaxNode): boolean {
  const body = child(fn, 'body');
  const last = body === null ? undefined : children(body, 'body').at(-1);
  return last?.type === 'ThrowStatement';
}
