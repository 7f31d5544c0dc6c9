import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import {
  child,
  children,
  isIdentifier,
  isMember,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import { contextMember } from '../facts/context-names.ts';

/** Names that stand for a member of the context, by what binds them. */
export interface Aliases {
  members: Map<Binding, string>;
  /** Declarations of nothing else, which go: the names are written out where they are used. */
  declarators: Set<SyntaxNode>;
}

/** Members whose name may stand for them wherever it is read: objects that stay the same, and what a request says of itself. */
const LASTS =
  /^(?:ctx\.(?:request|response|state|params|cookies)|request\.(?:query|querystring|search|headers?|method|path|url|originalUrl|href|origin|host|hostname|protocol|ip|body|params))$/;

/**
 * Names of members of the context in a function: `const { request, params } = ctx`, `const { body } = request`, and what the parameter
 * itself takes apart.
 *
 * @param pattern the parameter, where it is no name
 * @param isContext whether an identifier is the context
 */
export function aliasesIn(
  work: FileWork,
  fn: SyntaxNode,
  pattern: SyntaxNode | null,
  isContext: (node: SyntaxNode) => boolean,
): Aliases {
  const found: Aliases = { members: new Map(), declarators: new Set() };
  if (pattern !== null) take(work, found, pattern, '');
  const declarators = findAll(fn, 'VariableDeclarator').sort((a, b) => a.start - b.start);
  for (const declarator of declarators) {
    const [id, init] = [child(declarator, 'id'), child(declarator, 'init')];
    const member = init === null ? null : memberOf(work, found, unwrap(init), isContext);
    if (id === null || member === null || !isStatement(work, declarator)) continue;
    if (isIdentifier(id) ? name(work, found, id, member) : take(work, found, id, member))
      found.declarators.add(declarator);
  }
  return found;
}

/** Whether every name that a pattern takes of the context is one that lasts. */
export const takesOnlyLasting = (pattern: SyntaxNode): boolean => pairsOf(pattern, '') !== null;

/** The member that an expression is: empty for the context itself, null for anything else. */
function memberOf(
  work: FileWork,
  { members }: Aliases,
  node: SyntaxNode,
  isContext: (node: SyntaxNode) => boolean,
): string | null {
  if (isIdentifier(node)) {
    if (isContext(node)) return '';
    const binding = work.bindings.bindingOf(node);
    return (binding === null ? undefined : members.get(binding)) ?? null;
  }
  const object = isMember(node) ? child(node, 'object') : null;
  const own =
    object === null ? null : memberOf(work, { members, declarators: new Set() }, unwrap(object), isContext);
  const key = memberName(node);
  return own === null || key === null ? null : below(own, key);
}

/** The member of a member; null for what does not last. */
function below(member: string, key: string): string | null {
  const whole =
    member === ''
      ? contextMember(key)
      : member === 'ctx.request'
        ? key === 'ctx'
          ? null
          : `request.${key}`
        : null;
  return whole !== null && LASTS.test(whole) ? whole : null;
}

/** The names of a pattern with the members they stand for; null where one of them is a copy of what may change. */
function pairsOf(pattern: SyntaxNode, member: string): [SyntaxNode, string][] | null {
  if (pattern.type !== 'ObjectPattern') return null;
  const pairs: [SyntaxNode, string][] = [];
  for (const property of children(pattern, 'properties')) {
    const key = property.type === 'Property' ? propertyKeyName(property) : null;
    const value = child(property, 'value');
    const whole = key === null ? null : below(member, key);
    if (value === null || whole === null) return null;
    if (isIdentifier(value)) pairs.push([value, whole]);
    else {
      const inner = value.type === 'ObjectPattern' ? pairsOf(value, whole) : null;
      if (inner === null) return null;
      pairs.push(...inner);
    }
  }
  return pairs;
}

/** Notes the names of a pattern, all or none of them. */
function take(work: FileWork, found: Aliases, pattern: SyntaxNode, member: string): boolean {
  const pairs = pairsOf(pattern, member);
  if (pairs === null || pairs.length === 0) return false;
  const bound = pairs.map(([node]) => work.bindings.bindingOf(node));
  if (bound.some((binding) => binding === null || isWritten(binding))) return false;
  for (const [index, [, whole]] of pairs.entries()) found.members.set(bound[index] as Binding, whole);
  return true;
}

function name(work: FileWork, found: Aliases, id: SyntaxNode, member: string): boolean {
  const binding = work.bindings.bindingOf(id);
  if (binding === null || member === '' || isWritten(binding)) return false;
  found.members.set(binding, member);
  return true;
}

const isWritten = ({ references, declarations }: Binding): boolean =>
  declarations.length > 1 || references.some(({ write }) => write);

/** Whether a declaration stands among the statements of a block. */
function isStatement(work: FileWork, declarator: SyntaxNode): boolean {
  const declaration = work.parents.get(declarator);
  return (
    declaration?.type === 'VariableDeclaration' && work.parents.get(declaration)?.type === 'BlockStatement'
  );
}
