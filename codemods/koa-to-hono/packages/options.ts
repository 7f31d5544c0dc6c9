import {
  child,
  children,
  isIdentifier,
  isMember,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import type { PackageUse } from './contract.ts';

/** An option of a call. */
export interface Option {
  /** With its name. */
  property: SyntaxNode;
  value: SyntaxNode;
}

/** Options by name, where they are written out in the call; empty where there are none, null where they are not known. */
export function optionsOf({ args }: Pick<PackageUse, 'args'>): Map<string, Option> | null {
  const found = new Map<string, Option>();
  const [options, ...more] = args;
  if (more.length > 0) return null;
  if (options === undefined) return found;
  if (options.type !== 'ObjectExpression') return null;
  for (const property of children(options, 'properties')) {
    const name = property.type === 'Property' ? propertyKeyName(property) : null;
    const value = child(property, 'value');
    if (name === null || value === null) return null;
    found.set(name, { property, value: unwrap(value) });
  }
  return found;
}

/** The same where the options have a name of their own, which nothing changes: `const CONFIG = { … }; session(CONFIG, app)`. */
export function namedOptions(work: FileWork, options: SyntaxNode | undefined): Map<string, Option> | null {
  const binding = options !== undefined && isIdentifier(options) ? work.bindings.bindingOf(options) : null;
  if (binding === null) return optionsOf({ args: options === undefined ? [] : [options] });
  const init = binding.kind === 'const' ? child(binding.declaration, 'init') : null;
  const isTouched = binding.references.some(({ node }) => isMember(work.parents.get(node)));
  return init === null || isTouched || !isIdentifier(child(binding.declaration, 'id'))
    ? null
    : optionsOf({ args: [unwrap(init)] });
}

export const NOT_WRITTEN = 'its options are not written out there';
export const notCompared = (name: string): string => `its option \`${name}\` was not compared`;

/** The truth value that is written out, or null. */
export const booleanOf = (node: SyntaxNode | undefined): boolean | null =>
  node?.type === 'Literal' && typeof node.value === 'boolean' ? node.value : null;
