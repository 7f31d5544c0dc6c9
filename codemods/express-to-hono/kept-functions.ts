import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import type { Conversion, FileWork } from './conversion.ts';

/** Whether a place lies in a function that stays Express's, the declaration that types it included. */
export function staysExpress(conversion: Conversion, work: FileWork, node: SyntaxNode): boolean {
  for (let up: SyntaxNode | undefined = node; up !== undefined; up = work.parents.get(up)) {
    if (conversion.bridgedFunctions.has(up)) return true;
    const value =
      up.type === 'VariableDeclarator' ? up.init : up.type === 'PropertyDefinition' ? up.value : null;
    if (value !== null && conversion.bridgedFunctions.has(value as SyntaxNode)) return true;
  }
  return false;
}
