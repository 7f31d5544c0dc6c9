import { routerOf } from '../../src/workspace/server/readers/koa/surface.ts';
import type { Flow } from '../../src/workspace/syntax/flow/flow.ts';
import type { ExternalValue } from '../../src/workspace/syntax/flow/values.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isCall,
  isFunction,
  isMember,
  memberName,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { walk } from '../../src/workspace/syntax/walk.ts';
import { convertAppCall, convertApplication } from './application/application.ts';
import { checkEscapes } from './application/escapes.ts';
import { checkMountOrder } from './application/order.ts';
import { routerParam } from './application/router-param.ts';
import { routerUse } from './application/router-use.ts';
import { convertMade, convertRoute, prefixOf, type RouterFacts } from './application/routers.ts';
import { readSettings } from './application/settings.ts';
import { setsType } from './body/giving.ts';
import { kindOf, madeBy, type Registration, registrationsOf } from './facts/registrations.ts';
import { BRIDGED } from './packages/bridged.ts';
import { lentMembers, ruleOf } from './packages/index.ts';
import { readErrorPage } from './packages/koa-onerror.ts';
import { type Asked, type Conversion, createConversion } from './state/conversion.ts';
import { convertBeside } from './worlds/beside.ts';

/** Attempts until what stays is settled: a function that has a place without a rule stays Koa's, and runs inside Hono. */
export function convertAll(flow: Flow, modules: Modules, asked: Asked, isTested: boolean): Conversion | null {
  const kept = new Map<SyntaxNode, string>();
  let apart: boolean = false;
  let alone: boolean = true;
  for (;;) {
    const cv: Conversion | null = attempt(flow, modules, asked, isTested, kept, { apart, alone });
    if (cv === null) return null;
    const [wasApart, wasAlone]: boolean[] = [apart, alone];
    apart ||= mayMeet(cv);
    alone &&= kept.size === 0 && cv.stay.size === 0 && !cv.support.has('inKoa') && !cv.support.has('koaApp');
    const { size } = kept;
    for (const { fn, reason } of cv.problems) if (fn !== null && !kept.has(fn)) kept.set(fn, reason);
    for (const [fn, reason] of cv.stay) if (!kept.has(fn)) kept.set(fn, reason);
    if (cv.readsBody !== null)
      for (const fn of cv.functions.keys()) if (!kept.has(fn)) kept.set(fn, cv.readsBody);
    if (kept.size === size && apart === wasApart && alone === wasAlone) return cv;
  }
}

/** Whether `ctx.user` could be taken for `ctx.state.user`: both are used, or functions that stay may use either. */
const mayMeet = ({ variables: { own, state }, support, kept }: Conversion): boolean =>
  own.size > 0 &&
  (kept.size > 0 || support.has('inKoa') || support.has('views') || [...own].some((name) => state.has(name)));

/**
 * Converts what can be while the rest stays Koa's.
 *
 * @param isTested whether tests of the project call functions of a file by themselves
 * @returns null where not one function can be Hono's
 */
export function convertPart(
  { flow, koa, setsTypeEarly, ...asked }: Conversion,
  isTested: (path: string) => boolean,
): Conversion | null {
  const cv = convertBeside(
    (kept) => ({
      ...createConversion(flow, koa, new Map(kept), asked),
      ...{ beside: true, setsTypeEarly },
    }),
    isTested,
  );
  return [...cv.functions.values()].some(({ kept }) => kept === null) ? cv : null;
}

/** Converts all that a flow knows of Koa; null where there is no application or router. */
function attempt(
  flow: Flow,
  modules: Modules,
  asked: Asked,
  isTested: boolean,
  kept: ReadonlyMap<SyntaxNode, string>,
  { apart, alone }: { apart: boolean; alone: boolean },
): Conversion | null {
  const registrations = registrationsOf(flow);
  const values = new Set<ExternalValue>(registrations.map(({ on }) => on));
  for (const { node } of flow.calls)
    for (const value of flow.valuesOf(node)) if (kindOf(value) !== null) values.add(value as ExternalValue);
  if (values.size === 0) return null;
  const cv = createConversion(flow, majorOf(modules), new Map(kept), asked);
  cv.variables.apart = apart;
  cv.alone = alone;
  if (alone) cv.lends = lentMembers(flow);
  cv.isTested = isTested && asked.target !== 'workers';
  const { files } = gather(cv, modules);
  cv.parsesBodies = flow.externalCalls.some(
    ({ callee }) =>
      callee.kind === 'external' &&
      (ruleOf(callee.module)?.parses ?? BRIDGED[callee.module]?.parses) === true,
  );
  cv.setsTypeEarly = files.some((path) => typesBeforeNext(modules, path));
  readSettings(
    cv,
    files.flatMap((path) => modules.file(path) ?? []),
  );
  readErrorPage(cv);
  const routers = [...values].filter((value) => kindOf(value) === 'router');
  for (const { node, file } of flow.calls) {
    for (const value of flow.valuesOf(node)) {
      const router = routerOf(value);
      if (router !== null)
        cv.routesCalls.set(router, [...(cv.routesCalls.get(router) ?? []), { file, call: node }]);
      const callee = calleeOf(node);
      if (
        value.kind === 'external' &&
        isMember(callee) &&
        memberName(callee) === 'allowedMethods' &&
        value.parent?.parent
      )
        cv.allowed.set(value.parent.parent, node);
    }
  }
  for (const router of routers) {
    const prefix = prefixOf(cv, router, registrations);
    if (prefix !== null) cv.prefixes.set(router, prefix);
    convertMade(cv, router, '()');
  }
  const facts = new Map<ExternalValue, RouterFacts>();
  for (const each of registrations)
    if (each.kind === 'router') convertRouterCall(cv, each, registrations, facts, modules);
  for (const each of registrations) if (each.kind === 'application') convertAppCall(cv, each);
  for (const app of values) if (kindOf(app) === 'application') convertApplication(cv, app);
  checkMountOrder(cv, registrations);
  checkEscapes(
    cv,
    files.flatMap((path) => modules.file(path) ?? []),
    registrations,
  );
  return cv;
}

const NO_ROUTE = new Set(['routes', 'middleware', 'allowedMethods', 'prefix']);

function convertRouterCall(
  cv: Conversion,
  each: Registration,
  all: readonly Registration[],
  known: Map<ExternalValue, RouterFacts>,
  modules: Modules,
) {
  if (NO_ROUTE.has(each.member)) return;
  const facts = known.get(each.on) ?? { prefix: '', before: [], params: [] };
  known.set(each.on, facts);
  const later = all.slice(all.indexOf(each) + 1).filter(({ on }) => on === each.on);
  if (each.member === 'use')
    return routerUse(
      cv,
      each,
      facts,
      later.filter(({ member }) => !NO_ROUTE.has(member)),
    );
  if (each.member === 'param') {
    const routes = all.filter(
      ({ on, member }) => on === each.on && !NO_ROUTE.has(member) && member !== 'param',
    );
    const isBefore = ({ file, node }: Registration) => file !== each.file || node.end < each.node.start;
    return routerParam(cv, each, facts, routes.filter(isBefore));
  }
  convertRoute(cv, each, facts, isModern(each.on, modules));
}

/** `@koa/router` 14 and later reads paths by path-to-regexp 8. */
function isModern(router: ExternalValue, { packages }: Modules): boolean {
  for (const { json } of packages) {
    const declared = { ...(json.dependencies as object), ...(json.devDependencies as object) } as Record<
      string,
      unknown
    >;
    const major = /\d+/.exec(String(declared[router.module] ?? ''))?.[0];
    if (major !== undefined) return Number(major) >= 14;
  }
  return router.module === '@koa/router';
}

/** The major release of Koa, by package.json. */
function majorOf({ packages }: Modules): 2 | 3 {
  for (const { json } of packages) {
    const major = /\d+/.exec(
      String((json.dependencies as Record<string, unknown> | undefined)?.koa ?? ''),
    )?.[0];
    if (major !== undefined) return Number(major) >= 3 ? 3 : 2;
  }
  return 3;
}

function gather({ flow }: Conversion, modules: Modules): { files: string[] } {
  return {
    files: modules.paths.filter(
      (path) => modules.file(path) !== null && flow.expressionsIn(modules.file(path) as never).length > 0,
    ),
  };
}

/** Whether a function of a file sets a content type and goes on after it. */
function typesBeforeNext(modules: Modules, path: string): boolean {
  const file = modules.file(path);
  let found = false;
  const types: number[] = [];
  if (file === null) return false;
  walk(file.program, {
    enter(node) {
      if (node.type === 'AssignmentExpression' && memberName(child(node, 'left')) === 'type')
        types.push(node.start);
      const callee = isCall(node) ? calleeOf(node) : null;
      if (
        callee !== null &&
        isMember(callee) &&
        (memberName(callee) === 'attachment' ||
          (memberName(callee) === 'set' && argumentsOf(node).length === 2 && setsType(argumentsOf(node))))
      )
        types.push(node.start);
      if (callee?.type === 'Identifier' && callee.name === 'next') {
        const fn = [...stack].reverse().find((each) => isFunction(each));
        if (fn !== undefined && types.some((at) => fn.start < at && at < node.start)) found = true;
      }
      stack.push(node);
    },
    leave() {
      stack.pop();
    },
  });
  return found;
}

const stack: SyntaxNode[] = [];

export { madeBy };
