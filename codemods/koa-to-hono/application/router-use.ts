import type { ExternalValue } from '../../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, child } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { mentions } from '../body/kept.ts';
import { givenIn, type Registration, registrationsOf } from '../facts/registrations.ts';
import { type Conversion, refuse } from '../state/conversion.ts';
import { useHandlers } from './handlers.ts';
import { below, honoPath } from './paths.ts';
import { propertyOf, type RouterFacts, textOf } from './routers.ts';
/** `router.use(middleware)`: stands before each route that comes after it, as only requests that a route answers meet it. */
export function routerUse(
  cv: Conversion,
  each: Registration,
  facts: RouterFacts,
  later: readonly Registration[],
) {
  const work = cv.editing.workOf(each.file);
  const args = argumentsOf(each.node);
  const [first] = args;
  const path = args.length > 1 ? textOf(cv, each.file, first) : null;
  const given = path === null ? args : args.slice(1);
  const statement = work.parents.get(each.node);
  const prefix = path === null ? null : honoPath(path, false);
  if (typeof prefix === 'string') return refuse(cv, each.file, each.node, 'routing/path', prefix);
  const mounts = given.map((arg) => givenIn(cv.flow, arg));
  const [mount, ...others] = mounts;
  // A router runs what stands in it only where a route of it has the method: nothing is left for this to say then.
  const isIdle = others.every(({ is }) => is === 'allowed') && (others.length === 0 || !answersOptions(cv));
  if (mount?.is === 'router' && isIdle)
    return mountNested(cv, each, facts, {
      ...{ router: mount.router, prefix: prefix?.path ?? '/', arg: given[0] as SyntaxNode },
    });
  if (mounts.some(({ is }) => is === 'router' || is === 'allowed'))
    return refuse(cv, each.file, each.node, 'routing/mount', 'a router is mounted together with middleware');
  if (later.some(({ file, member }) => member === 'use' && file !== each.file))
    return refuse(
      cv,
      each.file,
      each.node,
      'routing/middleware',
      'routes that it stands before are registered in another file',
    );
  if (statement?.type !== 'ExpressionStatement')
    return refuse(cv, each.file, each.node, 'routing/middleware', 'it is part of a chain');
  const names: string[] = [];
  const made: string[] = [];
  for (const found of mounts)
    if (found.is === 'functions' && found.functions.some(({ node }) => mentions(node, 'params')))
      return refuse(
        cv,
        each.file,
        each.node,
        'routing/middleware',
        'middleware of the router reads parameters, which Koa gives it only of its own path',
      );
  for (const [index, arg] of given.entries()) {
    useHandlers(cv, each.file, arg, 'handler');
    const isName = /^[\w$.]+$/.test(work.file.text.slice(arg.start, arg.end));
    if (isName) names.push(work.draft.render(arg));
    else {
      const name = freshName(work, index === 0 ? 'guard' : `guard${index + 1}`);
      names.push(name);
      made.push(name);
    }
  }
  facts.before.push(...names.map((text) => ({ text, path: prefix === null ? null : prefix.path })));
  if (made.length === 0) return deleteStatement(cv.editing, work, statement, 'routing/middleware');
  const unnamed = given.filter((arg) => !/^[\w$.]+$/.test(work.file.text.slice(arg.start, arg.end)));
  const { newline, semicolon } = work.layout;
  const indent = newline + work.layout.indentAt(statement.start);
  work.draft.replace(
    statement,
    unnamed.flatMap((arg, index) => [
      index > 0 ? indent : '',
      `const ${made[index]} = `,
      spanOf(arg),
      semicolon,
    ]),
    'routing/middleware',
  );
}

/** A name that nothing in the file has. */
export function freshName(work: ReturnType<Conversion['editing']['workOf']>, base: string): string {
  const isTaken = (name: string) =>
    work.taken.has(name) || work.bindings.bindings.some((each) => each.name === name);
  let name = base;
  for (let count = 2; isTaken(name); count += 1) name = `${base}${count}`;
  work.taken.add(name);
  return name;
}

/** `router.use('/path', nested.routes())`. */
function mountNested(
  cv: Conversion,
  each: Registration,
  facts: RouterFacts,
  { router, prefix, arg }: { router: ExternalValue; prefix: string; arg: SyntaxNode },
) {
  const work = cv.editing.workOf(each.file);
  const own = cv.prefixes.get(router);
  const property = propertyOf(each.node);
  const last = argumentsOf(each.node).at(-1);
  if (own === undefined || property === null || last === undefined) return;
  if (facts.before.length > 0)
    return refuse(
      cv,
      each.file,
      each.node,
      'routing/middleware',
      'middleware of the router stands before the routes of a nested one',
    );
  work.draft.replace(property, ['route'], 'routing/mount');
  const path = work.layout.string(below(prefix, own));
  work.draft.replace(
    range(each.node, (argumentsOf(each.node)[0] as SyntaxNode).start, arg.start),
    [`${path}, `],
    'routing/mount',
  );
  if (last !== arg) work.draft.replace(range(each.node, arg.end, last.end), [''], 'routing/mount');
  unwrapRoutes(cv, router);
}

/** Whether a route may be reached by OPTIONS, or by a method that Koa's router does not know. */
const answersOptions = ({ flow }: Conversion): boolean =>
  registrationsOf(flow).some(({ kind, member }) => kind === 'router' && !QUIET.test(member));

/** Members of a router that give no route for OPTIONS. */
const QUIET = /^(?:get|post|put|patch|delete|del|head|use|routes|middleware|allowedMethods|prefix|param)$/;

/** `router.routes()` is the router itself to Hono. */
export function unwrapRoutes(cv: Conversion, router: ExternalValue) {
  for (const { call, file } of cv.routesCalls.get(router) ?? []) {
    const callee = child(call, 'callee');
    const object = callee === null ? null : child(callee, 'object');
    const work = cv.editing.workOf(file);
    if (object !== null && !work.draft.replaces(call))
      work.draft.replace(call, [spanOf(object)], 'routing/routes');
  }
}
