import type { Role } from '../../../src/workspace/express/program.ts';
import { child, children, isIdentifier, propertyKeyName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atStart } from '../../shared/edit/draft.ts';
import { indentAt } from '../../shared/edit/emit.ts';
import { type Conversion, refuse, replace, type Unit } from '../state/conversion.ts';
import { requestValue } from './request.ts';

/** `({ body, params }, res) =>`: the members become constants at the start of the body. */
export function convertParameterPattern(conversion: Conversion, unit: Unit, pattern: SyntaxNode, role: Role) {
  const { work } = unit;
  const body = child(unit.fn.node, 'body');
  const fail = (node: SyntaxNode, reason: string) =>
    refuse(conversion, work, node, 'signature/pattern', reason, unit);
  if (role === 'res') return fail(pattern, 'the response is destructured in the parameters');
  const lines: string[] = [];
  for (const property of children(pattern, 'properties')) {
    const name = property.type === 'Property' ? propertyKeyName(property) : null;
    const target = child(property, 'value');
    if (name === null || target === null || target.type === 'AssignmentPattern') {
      return fail(property, 'a default or a rest in this destructuring has no rule');
    }
    const value = requestValue(conversion, unit, name);
    if (typeof value === 'string') return fail(property, value);
    const text = value.join('');
    if (body?.type === 'BlockStatement') {
      lines.push(`const ${work.file.text.slice(target.start, target.end)} = ${text};`);
    } else if (isIdentifier(target)) {
      for (const reference of work.bindings.bindingOf(target)?.references ?? []) {
        if (reference.write) return fail(reference.node, `\`${name}\` is assigned a new value`);
        replace(conversion, work, reference.node, [text], 'signature/pattern');
      }
    } else return fail(property, 'this destructuring has no rule');
  }
  readFirst(conversion, unit, ...lines);
}

/** Puts statements before the first of a function. */
export function readFirst(conversion: Conversion, { work, fn }: Unit, ...lines: string[]): void {
  const body = child(fn.node, 'body');
  const first = body === null ? undefined : children(body, 'body')[0];
  if (first === undefined || lines.length === 0 || conversion.dry > 0) return;
  const indent = indentAt(work, first.start);
  const { newline } = work.layout;
  work.draft.lead(
    atStart(first),
    lines.map((line) => `${line}${newline}${indent}`).join(''),
    'signature/pattern',
  );
}
