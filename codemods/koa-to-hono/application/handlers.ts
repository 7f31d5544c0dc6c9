import type { Place } from '../../../src/workspace/server/model.ts';
import type { ExternalValue, FunctionValue } from '../../../src/workspace/syntax/flow/values.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isFunction,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, atStart, range } from '../../shared/edit/draft.ts';
import type { Role } from '../body/frame.ts';
import { convertFunction, HANDLER } from '../body/function.ts';
import { givenIn, isExternal, kindOf } from '../facts/registrations.ts';
import { BRIDGED } from '../packages/bridged.ts';
import { packageRule } from '../packages/index.ts';
import { type Conversion, refuse, want } from '../state/conversion.ts';

/** Converts what one argument of a registration holds: functions, lists of them, middleware of packages. */
export function useHandlers(cv: Conversion, file: ParsedFile, node: SyntaxNode, role: Role) {
  const given = givenIn(cv.flow, node);
  switch (given.is) {
    case 'functions':
      for (const fn of given.functions) convertFunction(cv, fn.file, fn.node, HANDLER, role);
      return wrapKept(cv, file, node, given.functions);
    case 'list': {
      const inner = unwrap(node);
      if (inner.type !== 'ArrayExpression')
        return refuse(cv, file, node, 'routing/handlers', 'a list of handlers that is made elsewhere');
      for (const element of children(inner, 'elements')) useHandlers(cv, file, element, role);
      return;
    }
    case 'package':
      if (composed(cv, given.value, role)) return;
      if (packageRule(cv, file, node, innerOf(cv, given.value) ?? given.value) !== 'in-koa')
        return takeOff(cv, given.value);
      keepInside(cv, given.value);
      return wrapInKoa(cv, file, node);
    case 'allowed':
    case 'router':
      return refuse(cv, file, node, 'routing/mount', 'a router stands where only middleware can');
    case 'unknown':
      return refuse(cv, file, node, 'routing/handlers', 'what is registered here could not be followed');
  }
}

/** The middleware of a package that `convert(middleware)` is of: only generators are anything else behind it. */
function innerOf(cv: Conversion, { module, calls }: ExternalValue): ExternalValue | null {
  const [made] = calls;
  if (module !== 'koa-convert' || made === undefined || calls.length > 1 || !isCall(made.node)) return null;
  const [argument, ...more] = argumentsOf(made.node);
  const given = argument === undefined || more.length > 0 ? null : givenIn(cv.flow, argument);
  return given?.is === 'package' ? given.value : null;
}

/** Leaves of `convert(middleware)` what the middleware became. */
function takeOff(cv: Conversion, value: ExternalValue) {
  const [made] = value.calls;
  const [argument] = made === undefined ? [] : argumentsOf(made.node);
  if (made === undefined || argument === undefined || innerOf(cv, value) === null) return;
  const { draft } = cv.editing.workOf(made.file);
  draft.replace(range(made.node, made.node.start, argument.start), [''], 'packages/koa-convert');
  draft.replace(range(made.node, argument.end, made.node.end), [''], 'packages/koa-convert');
}

/** `compose([first, second])`: `every` of Hono, where the list is written out there. */
function composed(cv: Conversion, { module, calls }: ExternalValue, role: Role): boolean {
  const [made] = calls;
  if (module !== 'koa-compose' || made === undefined || calls.length > 1 || !isCall(made.node)) return false;
  const [list, ...more] = argumentsOf(made.node).map(unwrap);
  const callee = calleeOf(made.node);
  if (list?.type !== 'ArrayExpression' || more.length > 0 || callee === null) return false;
  const items = children(list, 'elements');
  // Of those that stay, Koa's own knows how they hand on to each other.
  const stays = items.some((item) => {
    const given = givenIn(cv.flow, item);
    return given.is !== 'functions' || given.functions.some(({ node }) => cv.kept.has(node));
  });
  if (stays || items.length === 0) return false;
  const work = cv.editing.workOf(made.file);
  if (work.draft.replaces(callee)) return true;
  work.draft.replace(callee, [want(cv, work, 'hono/combine', 'every')], 'packages/koa-compose');
  work.draft.replace(range(list, list.start, list.start + 1), [''], 'packages/koa-compose');
  work.draft.replace(range(list, list.end - 1, list.end), [''], 'packages/koa-compose');
  for (const item of items) useHandlers(cv, made.file, item, role);
  return true;
}

export const bodyOf = (fn: SyntaxNode): SyntaxNode | null => (isFunction(fn) ? child(fn, 'body') : null);
export { isExternal };

/** Functions of the program that a package's middleware calls with Koa's context: those of `compose([…])`. */
function keepInside(cv: Conversion, value: ExternalValue) {
  for (const { node } of value.calls)
    for (const argument of argumentsOf(node))
      for (const held of cv.flow.valuesOf(argument))
        for (const fn of held.kind === 'array' ? cv.flow.elementsOf(held).values : [held]) {
          if (
            fn.kind === 'external' &&
            kindOf(fn) === null &&
            fn.origin === 'package' &&
            fn.module !== value.module &&
            !(fn.module in BRIDGED) &&
            !cv.trusted.has(fn.module)
          )
            refuse(
              cv,
              (value.calls[0] as Place).file,
              node,
              'packages/unknown',
              `what \`${fn.module}\` does was not compared`,
            );
          if (fn.kind !== 'function') continue;
          cv.stay.set(fn.node, `\`${value.module}\` calls it`);
          convertFunction(cv, fn.file, fn.node, HANDLER, 'handler');
        }
}

/** `inKoa(handler)`, where a function stays Koa's: all of those that may stand there. */
function wrapKept(cv: Conversion, file: ParsedFile, node: SyntaxNode, functions: readonly FunctionValue[]) {
  const kept = functions.filter((fn) => cv.kept.has(fn.node));
  if (kept.length === 0) return;
  for (const fn of functions)
    if (!cv.kept.has(fn.node)) cv.stay.set(fn.node, 'it stands where one that stays may stand');
  wrapInKoa(cv, file, node);
}

/** Puts what runs middleware of Koa around an expression. */
export function wrapInKoa(cv: Conversion, file: ParsedFile, node: SyntaxNode) {
  const work = cv.editing.workOf(file);
  const name = want(cv, work, 'support', 'inKoa');
  cv.errorsTravel = true;
  work.draft.insert(atStart(node), `${name}(`, 'kept/in-koa');
  work.draft.insert(atEnd(node), ')', 'kept/in-koa');
}
