import { child, literalText } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { assignsComputed, definesPart, partsLeft, partsNamed } from '../facts/computed-members.ts';
import { type Conversion, claim, replace, spanOf, type Unit } from '../state/conversion.ts';
import { written } from './expression-place.ts';

/**
 * Rewrites `req[part]` where the names it may be are known: an object of these parts where it is read, `assignParts` where it is
 * set.
 *
 * @param partOf what a part is, as an expression; a sentence when there is no rule
 * @returns why there is no rule; null when it is rewritten
 */
export function convertComputed(
  conversion: Conversion,
  unit: Unit,
  root: SyntaxNode,
  member: SyntaxNode,
  partOf: (name: string) => Part[] | string,
): string | null {
  const { work, context: c } = unit;
  const key = child(member, 'property');
  const names = key === null ? null : partsNamed(conversion, key);
  if (key === null || names === null) return 'a member of the request is computed';
  const assignment = assignsComputed(work, root);
  const value = assignment === null ? null : child(assignment, 'right');
  if (assignment !== null && value !== null) {
    const left = partsLeft(conversion, work, key) ?? names;
    if (conversion.version === 5 && left.includes('query')) return 'Express 5 has no query that can be set';
    if (left.includes('headers')) return '`req.headers` is set';
    claim(conversion, root);
    const assign = parityName(conversion, work, 'assignParts');
    const parts: Part[] = [`${assign}(${c}, { [`, spanOf(key), ']: ', spanOf(value), ' })'];
    replace(conversion, work, assignment, parts, 'request/assign');
    return null;
  }
  if (written(unit, member)) return 'a member of the request that is computed is changed in place';
  const fields: Part[] = [];
  for (const name of names) {
    const field = partOf(name);
    if (typeof field === 'string') return field;
    fields.push(fields.length === 0 ? `({ ${name}: ` : `, ${name}: `, ...field);
  }
  claim(conversion, root);
  replace(conversion, work, member, [...fields, ' })[', spanOf(key), ']'], 'request/object');
  return null;
}

/**
 * Rewrites `Object.defineProperty(req, part, { value, … })`: the same as an assignment, and it also sets the query of Express 5.
 *
 * @returns whether this is one, of parts that are known
 */
export function convertDefined(
  conversion: Conversion,
  { work, context: c }: Unit,
  root: SyntaxNode,
): boolean {
  const defined = definesPart(work, root);
  const names = defined === null ? null : partsLeft(conversion, work, defined.key);
  if (defined === null || names === null || names.includes('headers')) return false;
  const { call, key, value } = defined;
  claim(conversion, root);
  const assign = parityName(conversion, work, 'assignParts');
  const name: Part[] = literalText(key) === null ? ['[', spanOf(key), ']'] : [names.join('')];
  replace(
    conversion,
    work,
    call,
    [`${assign}(${c}, { `, ...name, ': ', spanOf(value), ' })'],
    'request/assign',
  );
  return true;
}
