import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion } from '../../state/conversion.ts';
import { functionsOf, isErrorHandler } from '../routes/registrations.ts';
import { ruledApps } from './error-rules.ts';
import { nothingRaised } from './nothing-raised.ts';

/**
 * Whether what is thrown and is no Error can reach the error handler of plain Hono: its router makes an Error of it on the
 * way. So it is for one application with one error handler, which answers all that it is given.
 */
export function carriesValues(conversion: Conversion): boolean {
  const { program, idiomatic, worlds, units } = conversion;
  if (idiomatic === null || worlds !== null || nothingRaised(conversion) !== null) return false;
  const apps = program.routers.filter(({ kind }) => kind === 'app');
  const [only, ...others] = program.registrations.filter(isErrorHandler);
  if (apps.length !== 1 || only === undefined || others.length > 0) return false;
  if (only.on !== apps[0] || only.pathNode !== null || ruledApps(conversion).has(only.on)) return false;
  const own = only.handlers.flatMap(functionsOf);
  const answersAll = own.every(({ node }) => units.get(node)?.uses.every(({ role }) => role !== 'next'));
  return own.length === 1 && answersAll && !isRaisedBehindRoutes(conversion);
}

/** The 404 handler is none of the router's: what it throws would be no Error's. */
const isRaisedBehindRoutes = ({ program, notFoundCalls, units }: Conversion): boolean =>
  program.registrations
    .filter(({ call }) => notFoundCalls.has(call))
    .flatMap(({ handlers }) => handlers.flatMap(functionsOf))
    .some(
      ({ node }) =>
        findAll(node, 'ThrowStatement').length > 0 ||
        units.get(node)?.uses.some(({ role }) => role === 'next') === true,
    );
