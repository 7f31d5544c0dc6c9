import { child, children, field, propertyKeyName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { replaceStatement } from '../../shared/edit/emit.ts';
import { type Conversion, refuse, textOf, type Unit } from '../state/conversion.ts';

/** `const { body, params: { id } } = req;` becomes one declaration for each member. */
export function convertPattern(
  conversion: Conversion,
  unit: Unit,
  declarator: SyntaxNode,
  read: (name: string) => Part[] | string,
) {
  const { work } = unit;
  const pattern = child(declarator, 'id');
  const declaration = work.parents.get(declarator);
  if (
    pattern === null ||
    declaration?.type !== 'VariableDeclaration' ||
    children(declaration, 'declarations').length > 1
  ) {
    refuse(conversion, work, declarator, 'request/pattern', 'this destructuring has no rule', unit);
    return;
  }
  const lines: Part[][] = [];
  for (const property of children(pattern, 'properties')) {
    const name = property.type === 'Property' ? propertyKeyName(property) : null;
    const target = child(property, 'value');
    if (name === null || target === null || target.type === 'AssignmentPattern') {
      refuse(
        conversion,
        work,
        property,
        'request/pattern',
        'a default or a rest in this destructuring has no rule',
        unit,
      );
      return;
    }
    const value = read(name);
    if (typeof value === 'string') {
      refuse(conversion, work, property, 'request/pattern', value, unit);
      return;
    }
    lines.push([`${field(declaration, 'kind')} ${textOf(work, target)} = `, ...value]);
  }
  replaceStatement(conversion, work, declaration, lines, 'request/pattern');
}
