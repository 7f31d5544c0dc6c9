import { child, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { importName } from '../edit/imports.ts';
import { type Conversion, spanOf, type Unit } from '../state/conversion.ts';
import { inParentheses, needsText } from './expression-place.ts';

/** `getCookie(c, 'theme')` for `req.cookies.theme`. */
export function namedCookie(conversion: Conversion, unit: Unit, read: SyntaxNode): Part[] {
  const { work, context } = unit;
  const [key, property] = [memberName(read), child(read, 'property')];
  const name: Part = key === null && property !== null ? spanOf(property) : work.layout.string(key ?? '');
  const cast = needsText(unit, read) ? ' as string' : '';
  const get = importName(conversion, work, 'hono/cookie', 'getCookie');
  const parts: Part[] = [`${get}(${context}, `, name, `)${cast}`];
  return cast === '' ? parts : inParentheses(unit, read, parts);
}
