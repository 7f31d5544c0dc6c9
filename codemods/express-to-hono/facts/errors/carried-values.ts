import type { ExpressFunction } from '../../../../src/workspace/express/program.ts';
import { argumentsOf, calleeOf, child, unwrap } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
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

/** The 404 handler is none of the router's: what it throws goes to the error handler as it is, and must be an Error. */
const isRaisedBehindRoutes = (conversion: Conversion): boolean =>
  conversion.program.registrations
    .filter(({ call }) => conversion.notFoundCalls.has(call))
    .flatMap(({ handlers }) => handlers.flatMap(functionsOf))
    .some((fn) => raisedBy(conversion, fn).some((value) => value?.type !== 'NewExpression'));

/** Whether a function throws, or hands to `next`, a text or an object that is written out there. */
export const raisesValues = (conversion: Conversion, fn: ExpressFunction): boolean =>
  raisedBy(conversion, fn).some(
    (value) =>
      value !== null &&
      (/^(ObjectExpression|ArrayExpression|TemplateLiteral)$/.test(value.type) || Boolean(value.value)),
  );

/** What a function throws or hands to `next`; null for what is not written there. */
function raisedBy({ units }: Conversion, { node }: ExpressFunction): (SyntaxNode | null)[] {
  const unit = units.get(node);
  const passed = (unit?.uses ?? []).flatMap(({ node: next, role }) => {
    if (role !== 'next') return [];
    const call = unit?.work.parents.get(next);
    return call?.type === 'CallExpression' && calleeOf(call) === next
      ? argumentsOf(call).slice(0, 1)
      : [null];
  });
  const thrown = findAll(node, 'ThrowStatement').map((each) => child(each, 'argument'));
  return [...passed, ...thrown].map((each) => (each === null ? null : unwrap(each)));
}
