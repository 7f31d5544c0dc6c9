import { isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';

/** The object of a registration as the converted text names it. */
export function objectText({ worlds }: Conversion, work: FileWork, object: SyntaxNode): string {
  const text = work.file.text.slice(object.start, object.end);
  const binding = isIdentifier(object) ? work.bindings.bindingOf(object) : null;
  if (worlds === null || binding === null) return text;
  if (binding === work.bindings.bindingOf(worlds.home.name)) return worlds.hono;
  return worlds.twins.find((twin) => twin.binding === binding)?.twin ?? text;
}
