import type { Registration } from '../../../src/workspace/express/program.ts';
import { routersIn } from '../../../src/workspace/express/registrations.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  literalText,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { hasEffects } from '../../../src/workspace/syntax/walk.ts';
import { atStart, type Part } from '../../shared/edit/draft.ts';
import { indentAt } from '../../shared/edit/emit.ts';
import { objectText } from '../edit/object-text.ts';
import { handlerNodes, isErrorHandler, memberOf } from '../facts/routes/registrations.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf, textOf } from '../state/conversion.ts';
import { wrapFailing } from './early-errors.ts';
import { convertErrorHandlers } from './error-handlers.ts';
import { convertHandlers, convertPath } from './handlers.ts';
import { holdsMore, pathText, starPath } from './paths.ts';
import { BELOW_REST, isBelowRest, meetsAll } from './rest-mounts.ts';

export function convertUse(
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
  if (isErrorHandler(registration)) return convertErrorHandlers(conversion, work, registration, all);
  wrapFailing(conversion, work, registration, all);
  convertHandlers(conversion, registration);
  const flat = registration.handlers;
  if (conversion.notFoundCalls.has(call))
    return replace(conversion, work, member, ['notFound'], 'errors/not-found');
  const routers = flat.filter((argument) => routersIn(argument).length > 0);
  const others = flat.filter((argument) => routersIn(argument).length === 0);
  if (holdsMore(conversion, work, registration))
    return refuse(conversion, work, pathNode ?? call, 'routing/path', 'this path has no rule');
  const array = pathNode !== null && unwrap(pathNode).type === 'ArrayExpression' ? unwrap(pathNode) : null;
  if (routers.length === 0) {
    if (array !== null) {
      replace(conversion, work, member, ['on'], 'routing/prefix');
      work.draft.insert(atStart(array), `${work.layout.string('ALL')}, `, 'routing/prefix');
    }
    for (const each of array === null ? (pathNode === null ? [] : [pathNode]) : children(array, 'elements')) {
      convertPath(conversion, work, each, true);
    }
    const [first] = handlerNodes(registration);
    if (params.length > 0 && first !== undefined)
      work.draft.lead(atStart(first), `${params.join(', ')}, `, 'routing/param');
    return;
  }
  if (array !== null && mountAtEach(conversion, work, registration, array)) return;
  if (array !== null || routers.some((argument) => argument.kind === 'array')) {
    return refuse(
      conversion,
      work,
      call,
      'routing/mount',
      'routers mounted at several paths or in a list have no rule',
    );
  }
  const isRest = isBelowRest(registration);
  if (
    isRest &&
    !routers.every((argument) =>
      routersIn(argument).every((each) => meetsAll(conversion, registration, each)),
    )
  )
    return refuse(conversion, work, pathNode ?? call, 'routing/mount', BELOW_REST);
  const mount = pathNode === null || isRest ? work.layout.string('/') : pathText(conversion, work, pathNode);
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
      if (first !== undefined) work.draft.insert(atStart(first), `${mount}, `, 'routing/mount');
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
  if (hasEffects(object) || (pathNode !== null && hasEffects(pathNode))) {
    const reason = 'what this is mounted on, or at, is computed by a call: it would be called twice';
    return refuse(conversion, work, call, 'routing/mount', reason);
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
    lines.push(
      separator,
      objectText(conversion, work, object),
      `.route(${mount}, `,
      spanOf(router.node),
      ')',
    );
  replace(conversion, work, call, lines, 'routing/mount');
}

/** `use(['/a', '/b'], router)`: one `route` for each path, where nothing else is registered with it. */
function mountAtEach(
  conversion: Conversion,
  work: FileWork,
  { call, handlers }: Registration,
  array: SyntaxNode,
): boolean {
  const object = child(calleeOf(call) ?? call, 'object');
  const [router, ...more] = handlers;
  if (router?.kind !== 'router' || more.length > 0 || object === null) return false;
  if (work.parents.get(call)?.type !== 'ExpressionStatement') return false;
  const paths = children(array, 'elements').map((each) => pathText(conversion, work, each));
  if (paths.length === 0 || paths.includes(null) || overlap(children(array, 'elements'))) return false;
  if (hasEffects(object) || children(array, 'elements').some(hasEffects)) return false;
  const { newline, semicolon } = work.layout;
  const separator = `${semicolon}${newline}${indentAt(work, call.start)}`;
  const name = hasEffects(router.node) ? nameFor(work, call) : null;
  if (name === null && hasEffects(router.node)) return false;
  const made: Part[] = name === null ? [] : [`const ${name} = `, spanOf(router.node), separator];
  const lines = paths.flatMap((path, index): Part[] => [
    ...(index === 0 ? [spanOf(object)] : [separator, objectText(conversion, work, object)]),
    `.route(${path}, `,
    ...(name !== null ? [name] : index === 0 ? [spanOf(router.node)] : [textOf(work, router.node)]),
    ')',
  ]);
  replace(conversion, work, call, [...made, ...lines], 'routing/mount');
  return true;
}

/** A name for a router that is made in the call: made twice, it would be two. Null where no constant can stand. */
function nameFor(work: FileWork, call: SyntaxNode): string | null {
  const statement = work.parents.get(call);
  const block = statement === undefined ? undefined : work.parents.get(statement);
  if (block === undefined || !/^(Program|BlockStatement|StaticBlock)$/.test(block.type)) return null;
  const name = freshName(work.bindings.module, 'mounted', work.taken);
  work.taken.add(name);
  return name;
}

/** Whether a request may be below several of these paths: Express enters the router once, for the first. */
function overlap(paths: readonly SyntaxNode[]): boolean {
  const texts = paths.map((path) => literalText(path)?.toLowerCase().split('/').filter(Boolean) ?? null);
  const isOpen = (segment: string | undefined) => segment === undefined || /[^\w.~-]/.test(segment);
  return texts.some((one, index) =>
    texts.slice(index + 1).some((other) => {
      if (one === null || other === null) return true;
      const shared = one.slice(0, other.length);
      return shared.every((segment, at) => segment === other[at] || isOpen(segment) || isOpen(other[at]));
    }),
  );
}
