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
const COLLECTIONS = new Set(['Map', 'Set', 'URL', 'URLSearchParams']);
const MADE = new Set([...COLLECTIONS, 'Error']);
const FUNCTIONS = ['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration', 'ClassExpression'];
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

/** Methods of lists and texts that give a value made of what they are called on. */
const GIVING = new Set([
  ...[
    'map',
    'filter',
    'flatMap',
    'flat',
    'slice',
    'concat',
    'join',
    'split',
    'reduce',
    'find',
    'findIndex',
    'at',
  ],
  ...['some', 'every', 'includes', 'indexOf', 'startsWith', 'endsWith', 'entries', 'keys', 'values'],
  ...[
    'toUpperCase',
    'toLowerCase',
    'trim',
    'replace',
    'replaceAll',
    'padStart',
    'padEnd',
    'repeat',
    'toString',
  ],
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
      if (isFunction(node) || /^Class/.test(node.type)) {
        if (parent?.type !== 'CallExpression') return 'skip';
        // What a call gives may hold what that one keeps.
        if (findAll(node, ...FUNCTIONS).length > 1)
          refuse(node, `\`${name}\` is made by a call when the origin starts`);
      }
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
      const isOfLanguage = isGlobal(object, CALLED) && method !== null && !CHANGING.has(method);
      const isKnown = isGlobal(callee, CALLED) || isOfLanguage || GIVING.has(method ?? '');
      if (!isKnown) refuse(node, `\`${name}\` is made by a call when the origin starts`);
      return undefined;
    },
  });
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
