import { children, isIdentifier, literalText, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Written } from '../../shared/to-hono/written.ts';
import { constantOf } from '../state/constants.ts';
import type { FileWork } from '../state/conversion.ts';
import { numberOf, writtenOptions } from '../state/written-options.ts';
import type { Use } from './_contract.ts';

/** What an expression of literals is, constants of its file included. */
export function writtenValue(work: FileWork, node: SyntaxNode): Written | undefined {
  const value = constantOf(work, node);
  const text = literalText(value);
  if (text !== null) return text;
  const number = numberOf(work, value);
  if (number !== null) return number;
  // What is read once more elsewhere may be changed there.
  if (isChangeable(work, node)) return undefined;
  if (value.type === 'Literal') return isPlain(value.value) ? value.value : undefined;
  if (value.type === 'ArrayExpression') {
    const items = children(value, 'elements').map((each) => writtenValue(work, each));
    return items.every((each) => each !== undefined) ? items : undefined;
  }
  const options = value.type === 'ObjectExpression' ? writtenOptions(value) : null;
  if (options === null) return undefined;
  const found = new Map<string, Written>();
  for (const [key, each] of options) {
    const written = writtenValue(work, each);
    if (written === undefined) return undefined;
    found.set(key, written);
  }
  return found;
}

/** Whether a name holds a list or an object that something else of the file has as well. */
function isChangeable({ bindings }: FileWork, node: SyntaxNode): boolean {
  const inner = unwrap(node);
  const uses = isIdentifier(inner) ? (bindings.bindingOf(inner)?.references ?? []) : [];
  return uses.some((each) => each.read && each.node !== inner);
}

const isPlain = (value: unknown): value is boolean | null => value === null || typeof value === 'boolean';

/** The options that a call is given, and the file where they are written; empty where there are none, null where they are not known. */
export function givenOptions(
  { work, written }: Pick<Use, 'work' | 'written'>,
  given: SyntaxNode | undefined,
): { work: FileWork; options: Map<string, SyntaxNode> } | null {
  const at = given === undefined ? undefined : written(given);
  const options = writtenOptions(at?.node);
  return options === null ? null : { work: at?.work ?? work, options };
}
