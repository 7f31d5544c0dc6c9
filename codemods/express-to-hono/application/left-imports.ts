import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  literalText,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';
import { type Conversion, type FileWork, refuse } from '../state/conversion.ts';

/** An import of Express that stands where no rule looks (in a function, computed) would break once Express is gone. */
export function refuseLeftImports(conversion: Conversion, work: FileWork): void {
  walk(
    work.file.program,
    {
      enter(node) {
        const source = sourceOf(node);
        if (source !== null && literalText(source) === 'express' && work.draft.keeps(source))
          refuse(conversion, work, node, 'imports', 'this import of Express has no rule');
      },
    },
    { types: true },
  );
}

/** The module that an import, an export, a `require` or a type names. */
function sourceOf(node: SyntaxNode): SyntaxNode | null {
  if (node.type === 'CallExpression')
    return isIdentifier(calleeOf(node), 'require') ? (argumentsOf(node)[0] ?? null) : null;
  return child(node, node.type === 'TSExternalModuleReference' ? 'expression' : 'source');
}
