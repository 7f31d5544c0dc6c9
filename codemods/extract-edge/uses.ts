import { type Binding, resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import {
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  patternTarget,
  propertyKeyName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { enclosingFunction, parentsOf, walk } from '../../src/workspace/syntax/walk.ts';
import { CHANGING, REQUEST, RESPONSE } from './allowed.ts';
import { type Known, Refusal } from './known.ts';

/** Refuses what code does with the request, the answer, and with what is not its own. */
export function refuseUses({ functions }: Known, file: ParsedFile, node: SyntaxNode): void {
  const { bindingOf } = resolveBindings(file);
  const refuse = (place: SyntaxNode, reason: string): never => {
    throw new Refusal(file.locate(place.start), reason);
  };
  // A function that is declared outlives the request itself.
  const isOutside = (binding: Binding | null) =>
    binding !== null &&
    (binding.declaration === node || binding.node.start < node.start || node.end < binding.node.end);

  const given = new Map<Binding, Readonly<Record<string, string>>>();
  for (const { file: where, node: fn, roles } of functions) {
    if (where !== file || fn.start < node.start || node.end < fn.end) continue;
    for (const [position, param] of parametersOf(fn).entries()) {
      const denied = roles[position] === 'req' ? REQUEST : roles[position] === 'res' ? RESPONSE : null;
      if (denied === null) continue;
      const target = patternTarget(param);
      const binding = isIdentifier(target) ? bindingOf(target) : null;
      if (binding !== null) given.set(binding, denied);
      else refusePattern(target, denied);
    }
  }

  function refuseMember(
    place: SyntaxNode,
    name: string | null,
    denied: Readonly<Record<string, string>>,
  ): void {
    if (name === null) refuse(place, 'which member is meant is known only when it runs');
    else if (Object.hasOwn(denied, name))
      refuse(place, `\`${name}\` needs ${denied[name]}, which the edge does not have as the origin does`);
  }
  function refusePattern(pattern: SyntaxNode, denied: Readonly<Record<string, string>>): void {
    if (pattern.type !== 'ObjectPattern') return;
    for (const each of children(pattern, 'properties')) refuseMember(each, propertyKeyName(each), denied);
  }
  const deniedOf = (object: SyntaxNode | null) => {
    const inner = object === null ? null : unwrap(object);
    const binding = isIdentifier(inner) ? bindingOf(inner) : null;
    return binding === null ? undefined : given.get(binding);
  };

  /** Used as a whole, and not handed to a function. */
  const isKept = (each: SyntaxNode): boolean => {
    const up = parentsOf(file).get(each);
    if (up === undefined || parametersOf(up).includes(each)) return false;
    if (isMember(up)) return child(up, 'object') !== each && up.computed === true;
    if (up.type === 'CallExpression') return calleeOf(up) === each;
    return up.type !== 'VariableDeclarator' || child(up, 'id')?.type !== 'ObjectPattern';
  };

  walk(node, {
    enter(inner) {
      if (inner.type === 'ThisExpression') {
        const fn = enclosingFunction(file, inner);
        const isMethod = fn !== null && parentsOf(file).get(fn)?.type === 'MethodDefinition';
        if (!isMethod) refuse(inner, '`this` is known only when it runs');
      }
      if (inner.type === 'ImportExpression' || inner.type === 'MetaProperty')
        refuse(inner, 'it loads a module, or asks where it stands');
      if (inner.type === 'PropertyDefinition' && inner.static === true)
        refuse(inner, 'a class keeps something between requests');
      if (isIdentifier(inner) && deniedOf(inner) !== undefined && isKept(inner))
        refuse(inner, `\`${inner.name}\` is given another name, and is not followed under that`);
      if (isMember(inner)) {
        const denied = deniedOf(child(inner, 'object'));
        if (denied !== undefined) refuseMember(inner, memberName(inner), denied);
      }
      if (inner.type === 'VariableDeclarator') {
        const denied = deniedOf(child(inner, 'init'));
        const id = child(inner, 'id');
        if (denied !== undefined && id !== null) refusePattern(id, denied);
      }
      const target =
        inner.type === 'AssignmentExpression'
          ? child(inner, 'left')
          : inner.type === 'UpdateExpression' ||
              (inner.type === 'UnaryExpression' && inner.operator === 'delete')
            ? child(inner, 'argument')
            : changedBy(inner);
      const root = target === null || !isMember(target) ? null : rootOf(target);
      const binding = isIdentifier(root) ? bindingOf(root) : null;
      if (root !== null && isOutside(binding))
        refuse(inner, `\`${binding?.name}\` is changed, and outlives the request`);
      if (isFunction(inner) && inner !== node && inner.generator === true)
        refuse(inner, 'a generator is not read');
    },
  });
}

/** The callee of a call that changes what it is called on. */
function changedBy(node: SyntaxNode): SyntaxNode | null {
  const callee = node.type === 'CallExpression' ? calleeOf(node) : null;
  return isMember(callee) && CHANGING.has(memberName(callee) ?? '') ? callee : null;
}

/** What members are read of: `list` of `list.items[0]`. */
export function rootOf(member: SyntaxNode): SyntaxNode | null {
  let node: SyntaxNode | null = member;
  while (node !== null && isMember(node)) {
    const object: SyntaxNode | null = child(node, 'object');
    node = object === null ? null : unwrap(object);
  }
  return node;
}
