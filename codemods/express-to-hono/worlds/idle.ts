import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import { type PackageArgument, packagesIn } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  literalText,
  memberName,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { areSingle } from '../facts/routes/literal-routes.ts';
import { isParser } from '../native/parsers.ts';
import type { ConversionOptions } from '../state/conversion.ts';
import type { Element } from '../state/worlds.ts';
import { functionsOf } from './project.ts';

/** Which of the request's members some functions may read. */
function readsOf(program: ExpressProgram, taken: readonly Element[], both: readonly Element[]): Set<string> {
  const registrations = [...taken, ...both].flatMap((each) => each.registrations);
  const functions = [...functionsOf(program, registrations)];
  return new Set(
    functions.flatMap(({ node }) => [
      ...findAll(node, 'MemberExpression').map((each) => memberName(each) ?? ''),
      ...findAll(node, 'Property').map((each) => propertyKeyName(each) ?? ''),
    ]),
  );
}

/**
 * Middleware that none of the routes that go to Hono has any use for: what names another method is asked by the listener,
 * a GET has no body, and cookies that nobody reads need not be read.
 */
export function idleFor(
  program: ExpressProgram,
  taken: readonly Element[],
  both: readonly Element[],
  { parity, target }: Pick<ConversionOptions, 'parity' | 'target'>,
): ReadonlySet<Element> {
  if (parity !== 'idiomatic' || target === 'workers') return new Set();
  const reads = readsOf(program, taken, both);
  const isRead = (...names: string[]) => reads.has('') || names.some((name) => reads.has(name));
  const isGet = taken.every(({ patterns }) =>
    patterns.every((each) => /^(get|head)$/.test(each?.method ?? '')),
  );
  const isIdle = (argument: PackageArgument) => {
    if (argument.package === 'method-override')
      return areSingle(taken) && isQueryKey(argument) && !isRead('originalMethod');
    if (isParser(argument)) return isGet && !isRead('body');
    return argument.package === 'cookie-parser' && !isRead('cookies', 'signedCookies', 'secret', 'cookie');
  };
  return new Set(
    both.filter(({ registrations }) =>
      registrations.every(({ handlers }) =>
        handlers.every((each) => each.kind === 'package' && packagesIn(each).every(isIdle)),
      ),
    ),
  );
}

/** `methodOverride('_method')`, not a header's name: what reads one says so in Vary. */
function isQueryKey({ call }: PackageArgument): boolean {
  const [name, ...options] = call === null ? [] : argumentsOf(call.node);
  return options.length === 0 && /^(?!x-)./i.test(literalText(name) ?? '');
}
