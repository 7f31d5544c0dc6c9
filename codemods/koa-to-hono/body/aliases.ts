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
import { memberOn } from './context-use.ts';

/** Names that stand for a member of the context, by what binds them. */
export interface Aliases {
  members: Map<Binding, string>;
  /** Declarations of such names, which go, and what they still have to declare: copies that are used as a whole. */
  declarators: Map<SyntaxNode, Copy[]>;
}

/** A name for an object that Hono makes anew each time it is asked. */
export interface Copy {
  name: SyntaxNode;
  member: string;
}

/** Members that Hono makes an object of each time. */
const MADE = /^(?:ctx\.params|request\.(?:query|headers?|params))$/;

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
  const found: Aliases = { members: new Map(), declarators: new Map() };
  if (pattern !== null) take(work, found, pattern, '');
  const declarators = findAll(fn, 'VariableDeclarator').sort((a, b) => a.start - b.start);
  for (const declarator of declarators) {
    const [id, init] = [child(declarator, 'id'), child(declarator, 'init')];
    const member = init === null ? null : memberOf(work, found.members, unwrap(init), isContext);
    if (id === null || member === null || !isStatement(work, declarator)) continue;
    const copies = isIdentifier(id) ? name(work, found, id, member) : take(work, found, id, member);
    if (copies !== null) found.declarators.set(declarator, copies);
  }
  return found;
}

/** Whether every name that a pattern takes of the context is one that lasts, and is no copy that is used as a whole. */
export const takesOnlyLasting = (work: FileWork, pattern: SyntaxNode): boolean =>
  pairsOf(pattern, '')?.every(([node, member]) => {
    const binding = work.bindings.bindingOf(node);
    return binding !== null && !isWritten(binding) && !isCopy(work, binding, member);
  }) === true;

/** The member that an expression is: empty for the context itself, null for anything else. */
function memberOf(
  work: FileWork,
  members: Aliases['members'],
  node: SyntaxNode,
  isContext: (node: SyntaxNode) => boolean,
): string | null {
  if (isIdentifier(node)) {
    if (isContext(node)) return '';
    const binding = work.bindings.bindingOf(node);
    return (binding === null ? undefined : members.get(binding)) ?? null;
  }
  const object = isMember(node) ? child(node, 'object') : null;
  const own = object === null ? null : memberOf(work, members, unwrap(object), isContext);
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

/** Notes the names of a pattern, all or none of them: null for none. */
function take(work: FileWork, found: Aliases, pattern: SyntaxNode, member: string): Copy[] | null {
  const pairs = pairsOf(pattern, member);
  if (pairs === null || pairs.length === 0) return null;
  const copies: Copy[] = [];
  const bound: [Binding, string][] = [];
  for (const [name, whole] of pairs) {
    const binding = work.bindings.bindingOf(name);
    if (binding === null || isWritten(binding)) return null;
    if (isCopy(work, binding, whole)) copies.push({ name, member: whole });
    else bound.push([binding, whole]);
  }
  for (const [binding, whole] of bound) found.members.set(binding, whole);
  return copies;
}

/** `const request = ctx.request`: an object that Hono makes anew stays as it is declared. */
function name(work: FileWork, found: Aliases, id: SyntaxNode, member: string): Copy[] | null {
  const binding = work.bindings.bindingOf(id);
  if (binding === null || !/^ctx\.(?:request|response)$/.test(member) || isWritten(binding)) return null;
  found.members.set(binding, member);
  return [];
}

/** Whether a name is of an object that Hono makes anew, and is used otherwise than by reading a part of it. */
const isCopy = (work: FileWork, { references }: Binding, member: string): boolean =>
  MADE.test(member) && references.some(({ node }) => !isPartRead(work, node));

function isPartRead(work: FileWork, node: SyntaxNode): boolean {
  const part = memberOn(work, node);
  const parent = part === null ? undefined : work.parents.get(part.node);
  if (part === null || part.name === null) return false;
  const isTarget = parent?.type === 'AssignmentExpression' && child(parent, 'left') === part.node;
  return !isTarget && !/^(?:UpdateExpression|UnaryExpression)$/.test(parent?.type ?? '');
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
