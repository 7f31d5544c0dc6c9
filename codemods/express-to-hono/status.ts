import { unwrap } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { type Conversion, spanOf, textOf, type Unit } from './conversion.ts';
import type { Part } from './draft.ts';
import { importName } from './imports.ts';

/** A status code as an argument. Hono types statuses as literals: a computed number is cast in TypeScript. */
export function statusParts(conversion: Conversion, unit: Unit, code: SyntaxNode, withBody: boolean): Part[] {
  if (unwrap(code).type === 'Literal') return [textOf(unit.work, code)];
  if (!unit.work.file.typescript) return [spanOf(code)];
  const type = importName(
    conversion,
    unit.work,
    'hono/utils/http-status',
    withBody ? 'ContentfulStatusCode' : 'StatusCode',
    { type: true },
  );
  const simple = /^(Identifier|MemberExpression|CallExpression)$/.test(unwrap(code).type);
  return simple ? [spanOf(code), ` as ${type}`] : ['(', spanOf(code), `) as ${type}`];
}
