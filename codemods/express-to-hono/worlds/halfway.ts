import type { ExpressProgram, RouterValue } from '../../../src/workspace/express/program.ts';
import { type Binding, resolveBindings } from '../../../src/workspace/syntax/bindings.ts';
import { calleeOf, child, isCall, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll, parentsOf } from '../../../src/workspace/syntax/walk.ts';

/**
 * The file in which an application stands as an earlier run left it, beside Hono (`besideExpress(hono, express())`) or with
 * handlers of Hono's among its own (`inExpress(list)`); undefined where none did.
 */
export const halfwayIn = (
  { files }: ExpressProgram,
  { apps, files: own }: { apps: readonly RouterValue[]; files: ReadonlySet<string> },
): string | undefined =>
  apps.find(isBesideHono)?.file.path ?? files.find((file) => own.has(file.path) && hasHandlers(file))?.path;

function isBesideHono({ file, creation }: RouterValue): boolean {
  const call = parentsOf(file).get(creation);
  return isOfParity(file, isCall(call) ? calleeOf(call) : null, 'besideExpress');
}

function hasHandlers(file: ParsedFile): boolean {
  return (
    file.text.includes('inExpress') &&
    findAll(file.program, 'CallExpression').some((call) => isOfParity(file, calleeOf(call), 'inExpress'))
  );
}

/** Whether a function is imported under the name that the parity module exports it under. */
function isOfParity(file: ParsedFile, callee: SyntaxNode | null, name: string): boolean {
  const binding: Binding | null = isIdentifier(callee) ? resolveBindings(file).bindingOf(callee) : null;
  if (binding === null) return false;
  const { declaration, node } = binding;
  const imported = child(declaration, 'imported');
  if (imported !== null) return isIdentifier(imported, name);
  const pattern = child(declaration, 'id');
  const property = pattern === null ? undefined : parentsOf(file).get(node);
  return property?.type === 'Property' && isIdentifier(child(property, 'key'), name);
}
