import type { ExpressProgram, FunctionUse, Registration } from '../../../../src/workspace/express/program.ts';
import { routersIn } from '../../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  isIdentifier,
  parametersOf,
  patternTarget,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion, Unit } from '../../state/conversion.ts';
import { overlap, patternsOf, shareMethod } from '../routes/path-patterns.ts';
import { isErrorArgument } from '../routes/registrations.ts';
import { isBehindWhole } from './idle-ends.ts';

/**
 * The statement `next();` or `return next();` where each path to it has answered whole and nothing is registered behind the function
 * that the request may come to: Express ends there and does nothing, as the headers are sent. `use` is the `next` in it. Null for
 * everything else.
 */
export function idleNext(conversion: Conversion, { fn, work }: Unit, use: SyntaxNode): SyntaxNode | null {
  const call = work.parents.get(use);
  if (call?.type !== 'CallExpression' || calleeOf(call) !== use || argumentsOf(call).length > 0) return null;
  const statement = work.parents.get(call);
  if (!/^(Expression|Return)Statement$/.test(statement?.type ?? '')) return null;
  if (enclosingFunction(work.file, use) !== fn.node) return null;
  const responses = parametersOf(fn.node).flatMap((parameter, index) => {
    const name = patternTarget(parameter);
    const binding = fn.roles[index] === 'res' && isIdentifier(name) ? work.bindings.bindingOf(name) : null;
    return binding ?? [];
  });
  if (!isBehindWhole(work, statement, new Set(responses))) return null;
  return fn.uses.every((each) => isLast(conversion.program, each)) ? (statement ?? null) : null;
}

/** Whether the function is registered, and the request comes to nothing behind it. */
function isLast({ registrations }: ExpressProgram, use: FunctionUse): boolean {
  if (use.kind !== 'registered') return false;
  const { registration, position } = use;
  const [argument, ...others] = registration.handlers.slice(position);
  return (
    argument?.kind === 'function' &&
    argument.functions.length === 1 &&
    others.every(isErrorArgument) &&
    endsThere(registrations, registration, [])
  );
}

/** Whether nothing on its router, and on those that the router is mounted on, is behind a registration and may be for its requests. */
function endsThere(
  all: readonly Registration[],
  registration: Registration,
  seen: readonly Registration[],
): boolean {
  const { on, method } = registration;
  if (seen.includes(registration) || method === 'param' || registration.rows !== undefined) return false;
  // What Express hands on to code that is not known may go on there.
  if (on.copyOf !== undefined || on.escapes.length > 0 || all.some((each) => each.on.copyOf === on))
    return false;
  const own = patternsOf(all, registration, '');
  const isMet = (other: Registration) =>
    patternsOf(all, other, '').some((theirs) =>
      own.some((each) => shareMethod(each, theirs) && overlap(each, theirs)),
    );
  const behind = all.filter(
    (each) => each.on === on && each !== registration && mayFollow(registration, each) && !isForErrors(each),
  );
  if (behind.some(isMet)) return false;
  const mounts = all.filter(({ handlers }) => handlers.flatMap(routersIn).includes(on));
  if (mounts.length === 0) return on.kind === 'app';
  return mounts.every((each) => each.handlers.length === 1 && endsThere(all, each, [...seen, registration]));
}

/** Whether one of two registrations on a router may come behind the other: in one function or module, by their order. */
const mayFollow = ({ file, call }: Registration, other: Registration): boolean =>
  other.file !== file || other.call.end >= call.end;

const isForErrors = ({ handlers }: Registration): boolean => handlers.every(isErrorArgument);
