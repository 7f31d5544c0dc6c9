import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  memberName,
  parametersOf,
  patternTarget,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import type { Conversion, FileWork } from '../../state/conversion.ts';
import { alternatives, assignedTo, declarerOf } from './value-source.ts';

/**
 * Whether a status comes from outside, so that it may be any: what a client sent, or what a package or another server answered.
 * Statuses the program's own code names are looked for in its literals, and an error's tells of an error.
 */
export function isOpenStatus(
  conversion: Conversion,
  work: FileWork,
  node: SyntaxNode | null,
  seen: Set<SyntaxNode> = new Set(),
): boolean {
  if (node === null || seen.has(node)) return false;
  seen.add(node);
  const inner = unwrap(node);
  const any = (values: readonly (SyntaxNode | null)[]) =>
    values.some((value) => isOpenStatus(conversion, work, value, seen));
  const some = (...names: string[]) => any(names.map((name) => child(inner, name)));
  const comesTo = alternatives(inner);
  if (comesTo !== null) return any(comesTo);
  switch (inner.type) {
    case 'UnaryExpression':
      return some('argument');
    case 'BinaryExpression':
      return some('left', 'right');
    case 'CallExpression': {
      const callee = calleeOf(inner);
      if (callee === null) return true;
      if (isIdentifier(callee) && /^(Number|parseInt|parseFloat)$/.test(String(callee.name)))
        return isOpenStatus(conversion, work, argumentsOf(inner)[0] ?? null, seen);
      return !isIdentifier(callee) ? some('callee') : isOfPackage(work, callee);
    }
    case 'MemberExpression': {
      const object = child(inner, 'object');
      if (object === null || /^([A-Z\d_]+|length)$/.test(memberName(inner) ?? '')) return false;
      const role = conversion.roles.get(unwrap(object))?.role;
      return role === undefined ? isOpenStatus(conversion, work, object, seen) : role === 'req';
    }
    case 'Identifier':
      return isOfPackage(work, inner) || isOpenName(conversion, work, inner, seen);
    default:
      return false;
  }
}

function isOpenName(
  conversion: Conversion,
  work: FileWork,
  name: SyntaxNode,
  seen: Set<SyntaxNode>,
): boolean {
  const binding = work.bindings.bindingOf(name);
  if (binding === null) return false;
  if (assignedTo(work, binding).some((value) => isOpenStatus(conversion, work, value, seen))) return true;
  return binding.declarations.some((declared) => {
    const declarer = declarerOf(work, declared);
    if (declarer?.type !== 'VariableDeclarator')
      return declarer !== null && isOpenParameter(conversion, work, declarer, declared, seen);
    const made = child(declarer, 'init');
    const isRequest = made !== null && conversion.roles.get(unwrap(made))?.role === 'req';
    return isRequest || isOpenStatus(conversion, work, made, seen);
  });
}

/** A parameter is what the calls of its function give it; that of a `.then()`, what the promise does. */
function isOpenParameter(
  conversion: Conversion,
  work: FileWork,
  fn: SyntaxNode,
  declared: SyntaxNode,
  seen: Set<SyntaxNode>,
): boolean {
  const up = work.parents.get(fn);
  const callee = up?.type === 'CallExpression' ? calleeOf(up) : null;
  if (up !== undefined && callee !== null && memberName(callee) === 'then' && argumentsOf(up)[0] === fn)
    return isOpenStatus(conversion, work, child(callee, 'object'), seen);
  const position = parametersOf(fn).findIndex((each) => patternTarget(each) === declared);
  const unit = conversion.units.get(fn);
  if (position < 0 || unit === undefined) return false;
  return conversion.program.files.some((file) => {
    const at = conversion.workOf(file);
    return [...conversion.calls].some(
      ([call, units]) =>
        units.includes(unit) &&
        at.parents.has(call) &&
        isOpenStatus(conversion, at, argumentsOf(call)[position] ?? null, seen),
    );
  });
}

/** `fetch`, and what is imported from a package. */
function isOfPackage(work: FileWork, name: SyntaxNode): boolean {
  const binding = work.bindings.bindingOf(name);
  if (binding === null) return isIdentifier(name, 'fetch');
  return binding.declarations.some((declared) => {
    for (let up = work.parents.get(declared); up !== undefined; up = work.parents.get(up)) {
      const made = up.type === 'VariableDeclarator' ? child(up, 'init') : null;
      const required = made !== null && isIdentifier(calleeOf(made), 'require') ? argumentsOf(made)[0] : null;
      const source = up.type === 'ImportDeclaration' ? child(up, 'source') : required;
      if (source) return !String(source.value ?? '.').startsWith('.');
      if (up.type === 'Program' || children(up, 'body').length > 0) return false;
    }
    return false;
  });
}
