import { argumentsOf, literalText } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { isAsked } from './expression-place.ts';

/** `req.is('text/csv')` where it only decides what comes next. */
export function askedType(conversion: Conversion, unit: Unit, call: SyntaxNode): string | null {
  const [, family, own] = /^([\w-]+)\/([\w.-]+)$/.exec(literalText(argumentsOf(call)[0]) ?? '') ?? [];
  if (conversion.idiomatic === null || own === undefined || !isAsked(unit, call)) return null;
  leaveOut(conversion, unit.work, call, 'body');
  const header = `${unit.context}.req.header(${unit.work.layout.string('content-type')})`;
  return `/^${family}\\/${own.replaceAll('.', '\\.')} *(;|$)/i.test(${header} ?? '')`;
}
