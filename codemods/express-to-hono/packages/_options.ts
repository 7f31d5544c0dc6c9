import { isIdentifier, literalText, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { literalValue, type Written } from '../../shared/to-hono/written.ts';
import { constantOf } from '../state/constants.ts';
import type { FileWork } from '../state/conversion.ts';
import { numberOf, writtenOptions } from '../state/written-options.ts';
import type { Use } from './_contract.ts';

/** What an expression of literals is, constants of its file included. */
export const writtenValue = (work: FileWork, node: SyntaxNode): Written | undefined =>
  literalValue(node, (part) => {
    const value = constantOf(work, part);
    if (literalText(value) !== null) return value;
    // What is read once more elsewhere may be changed there.
    return numberOf(work, value) ?? (isChangeable(work, part) ? null : value);
  });

/** Whether a name holds a list or an object that something else of the file has as well. */
function isChangeable({ bindings }: FileWork, node: SyntaxNode): boolean {
  const inner = unwrap(node);
  const uses = isIdentifier(inner) ? (bindings.bindingOf(inner)?.references ?? []) : [];
  return uses.some((each) => each.read && each.node !== inner);
}

/** The options that a call is given, and the file where they are written; empty where there are none, null where they are not known. */
export function givenOptions(
  { work, written }: Pick<Use, 'work' | 'written'>,
  given: SyntaxNode | undefined,
): { work: FileWork; options: Map<string, SyntaxNode> } | null {
  const at = given === undefined ? undefined : written(given);
  const options = writtenOptions(at?.node);
  return options === null ? null : { work: at?.work ?? work, options };
}
