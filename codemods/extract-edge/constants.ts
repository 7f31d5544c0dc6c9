import { at } from '../../src/model/at.ts';
import { type Binding, resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import {
  calleeOf,
  child,
  field,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { findAll, parentsOf, walk } from '../../src/workspace/syntax/walk.ts';
import { CHANGING } from './allowed.ts';
import { type Known, Refusal } from './known.ts';

/** What says another thing at each start, or does not run while a Worker loads. */
const OF_NOW = new Set(['Date', 'crypto', 'performance']);
const COLLECTIONS = new Set(['Map', 'Set']);
const MADE = new Set(['Map', 'Set', 'RegExp', 'URL', 'URLSearchParams', 'Error']);
const CALLED = new Set([
  'Object',
  'Array',
  'Number',
  'String',
  'Boolean',
  'Math',
  'JSON',
  'Symbol',
  'BigInt',
]);

/**
 * Checks that a constant is the same in every process, and stays it: written out, made of what is, and changed by nobody.
 *
 * @param binding null for what a module exports without a name
 */
export function refuseConstant(
  known: Known,
  file: ParsedFile,
  init: SyntaxNode,
  name: string,
  binding: Binding | null,
): void {
  const refuse = (node: SyntaxNode, reason: string): never => {
    throw new Refusal(file.locate(node.start), reason);
  };
  const { bindingOf } = resolveBindings(file);
  const isGlobal = (node: SyntaxNode | null, from: ReadonlySet<string>) =>
    isIdentifier(node) && bindingOf(node) === null && from.has(field(node, 'name'));
  let isChangeable = false;
  walk(init, {
    enter(node, parent) {
      if (isFunction(node) || /^Class/.test(node.type))
        return parent?.type === 'CallExpression' ? undefined : 'skip';
      if (/^(Object|Array)Expression$/.test(node.type)) isChangeable = true;
      if (/^(Await|Yield|Update|Assignment|TaggedTemplate|Import)Expression$/.test(node.type))
        refuse(node, `\`${name}\` is not only written out`);
      if (node.type === 'NewExpression' && !isGlobal(child(node, 'callee'), MADE))
        refuse(node, `\`${name}\` is made when the origin starts, and may keep something between requests`);
      if (
        isIdentifier(node) &&
        bindingOf(node) === null &&
        OF_NOW.has(field(node, 'name')) &&
        !isKey(node, parent)
      )
        refuse(node, `\`${name}\` is another one at each start`);
      if (node.type === 'Literal' && /[gy]/.test((node.regex as { flags?: string } | undefined)?.flags ?? ''))
        refuse(node, `\`${name}\` remembers where it stopped`);
      if (node.type !== 'CallExpression') return undefined;
      const callee = calleeOf(node);
      const object = isMember(callee) ? child(callee, 'object') : null;
      const method = isMember(callee) ? memberName(callee) : null;
      if (isGlobal(object, new Set(['Math'])) && method === 'random')
        refuse(node, `\`${name}\` is another one at each start`);
      const isKnown =
        isGlobal(callee, CALLED) || (method !== null && !CHANGING.has(method) && !isOurs(object));
      if (!isKnown) refuse(node, `\`${name}\` is made by a call when the origin starts`);
      return undefined;
    },
  });
  /** A method of something of the repository's own may be anything. */
  function isOurs(object: SyntaxNode | null): boolean {
    if (object === null || object.type === 'ThisExpression') return true;
    if (isIdentifier(object))
      return (
        bindingOf(object)?.kind === 'import' ||
        (bindingOf(object) === null && !CALLED.has(field(object, 'name')))
      );
    return false;
  }
  const place = isChangeable ? known.changed(file, init) : null;
  if (place !== null) refuse(init, `\`${name}\` may change while the application runs (${place})`);
  const isCollection = findAll(init, 'NewExpression').some((node) =>
    isGlobal(child(node, 'callee'), COLLECTIONS),
  );
  if (!isCollection) return;
  const parents = parentsOf(file);
  const other = binding?.references.find(({ node }) => {
    const up = parents.get(node);
    if (node === binding.node) return false;
    const method = isMember(up) && child(up, 'object') === node ? memberName(up) : null;
    return method === null || CHANGING.has(method);
  });
  if (binding === null || other !== undefined)
    refuse(
      init,
      `\`${name}\` may change while the application runs${other === undefined ? '' : ` (${at(file.locate(other.node.start))})`}`,
    );
}

const isKey = (node: SyntaxNode, parent: SyntaxNode | null): boolean =>
  (isMember(parent) && child(parent, 'property') === node && parent.computed !== true) ||
  (parent?.type === 'Property' && child(parent, 'key') === node && parent.computed !== true);
