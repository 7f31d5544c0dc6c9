import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { nextCall } from '../facts/answers/shapes.ts';
import { routingReason } from '../facts/routes/idiomatic-routing.ts';
import { isErrorHandler } from '../facts/routes/registrations.ts';
import { PACKAGES } from '../packages/_known.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { decideNative } from './decide.ts';
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
  if (program.registrations.some(isErrorHandler)) return null;
  if (idiomatic?.routing === 'kept' && hasParameters(conversion))
    return 'a parameter that is no valid %-escape is an error with a status';
  const packages = packagesOf(program);
  if (packages.some(isParser)) return 'the errors of the body parsers carry their status';
  if (packages.some(isStatic) || callsOf(conversion, /^(sendFile|sendfile|download)$/).length > 0)
    return 'a range or a path that files do not have is answered with the status of its error';
  const raising = packages.find((each) => PACKAGES.get(each.package)?.raises);
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

/** Whether a function throws, or hands something to `next`. */
const raises = (conversion: Conversion, { fn }: Unit): boolean =>
  findAll(fn.node, 'ThrowStatement').length > 0 ||
  findAll(fn.node, 'CallExpression').some(
    (call) => nextCall(conversion, call) !== null && argumentsOf(call).length > 0,
  );
