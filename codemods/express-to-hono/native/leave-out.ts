import type { Registration } from '../../../src/workspace/express/program.ts';
import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, child, isIdentifier, memberName, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { nextCall } from '../facts/answers/shapes.ts';
import { errorChain } from '../facts/errors/error-chains.ts';
import { routingReason } from '../facts/routes/idiomatic-routing.ts';
import { isErrorHandler } from '../facts/routes/registrations.ts';
import { ruleOf } from '../packages/_known.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { nativeFor } from '../state/native.ts';
import { decideNative, isNative } from './decide.ts';
import { isStatic } from './files.ts';
import { isParser } from './parsers.ts';
import { callsOf } from './response-calls.ts';

/** Decides which behaviours `--parity idiomatic` leaves out, and why others stay. Does nothing for `wire`. */
export function decideIdiomatic(conversion: Conversion): void {
  const { idiomatic } = conversion;
  if (idiomatic === null) return;
  const routing = routingReason(conversion);
  if (routing === null) idiomatic.routing = 'left-out';
  else idiomatic.reasons.set('expressRouting', routing);
  decideNative(conversion);
  const reason = errorPageReason(conversion);
  if (reason === null) idiomatic.errorPage = 'left-out';
  else idiomatic.reasons.set('errorPage', reason);
}

/** Why Express's error page stays: only it gives an error the status it carries. */
function errorPageReason(conversion: Conversion): string | null {
  const { program, idiomatic } = conversion;
  // That of a router answers no error that is raised before its routes, one before routes none of theirs.
  const isOfAll = (each: Registration) => {
    if (each.on.kind !== 'app' || !isErrorHandler(each)) return false;
    const chain = idiomatic?.routing === 'left-out' ? errorChain(conversion, each.on) : null;
    return chain === null || typeof chain === 'string' || chain.last.includes(each);
  };
  if (program.registrations.some(isOfAll)) return null;
  if (idiomatic?.routing === 'kept' && hasParameters(conversion))
    return 'a parameter that is no valid %-escape is an error with a status';
  const packages = packagesOf(program);
  // The errors of the small ones are exceptions of Hono's, which it answers itself.
  if (packages.some(isParser) && !isNative(conversion, 'bodies'))
    return 'the errors of the body parsers carry their status';
  const sends = callsOf(conversion, /^(sendFile|sendfile|download)$/).length > 0;
  if (
    (packages.some(isStatic) && !isNative(conversion, 'static')) ||
    (sends && !isNative(conversion, 'files'))
  )
    return 'a range or a path that files do not have is answered with the status of its error';
  const raising = packages.find(
    (each) => ruleOf(each)?.raises && typeof nativeFor(conversion.options.natives, each) !== 'object',
  );
  if (raising !== undefined) return `the errors of \`${raising.package}\` carry their status`;
  const isRaised =
    conversion.options.asItIs?.some(({ fails }) => fails) === true ||
    [...conversion.units.values()].some((unit) => raises(conversion, unit));
  return isRaised
    ? 'errors are raised, and there is no error handler that would give them their status'
    : null;
}

const hasParameters = ({ program }: Conversion): boolean =>
  program.registrations.some(({ paths }) => paths.some(({ text }) => text?.includes(':') !== false));

/** Whether a function throws, or hands something to `next`, that may have a status: a plain error is a 500 to Hono as well. */
function raises(conversion: Conversion, { fn, work }: Unit): boolean {
  const given = findAll(fn.node, 'CallExpression').flatMap((call) =>
    nextCall(conversion, call) === null ? [] : argumentsOf(call).slice(0, 1),
  );
  const thrown = findAll(fn.node, 'ThrowStatement').map((each) => child(each, 'argument'));
  const isPlain = (value: SyntaxNode | null): boolean => {
    const made = value === null ? null : unwrap(value);
    const name = made?.type === 'NewExpression' ? child(made, 'callee') : null;
    return isIdentifier(name) && PLAIN.test(String(name.name)) && work.bindings.bindingOf(name) === null;
  };
  const raised = [...given, ...thrown];
  return raised.length > 0 && (setsStatusFirst(conversion) || !raised.every(isPlain));
}

const PLAIN = /^(Error|TypeError|RangeError|SyntaxError)$/;

/** Whether a status is set apart from an answer: Express gives it to an error that has none. */
export const setsStatusFirst = (conversion: Conversion): boolean =>
  callsOf(conversion, /^(status|writeHead)$/).some(
    ({ chain }) =>
      !chain.some(({ name }) => /^(json|jsonp|send|end|render|redirect|sendFile|download)$/.test(name ?? '')),
  ) ||
  [...conversion.units.values()].some(({ fn }) =>
    findAll(fn.node, 'AssignmentExpression').some((each) => memberName(child(each, 'left')) === 'statusCode'),
  );
