import type { ExternalValue } from '../../../src/workspace/syntax/flow/values.ts';
import {
  calleeOf,
  child,
  isCall,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../../src/workspace/syntax/walk.ts';
import { argumentsAt, givenIn, type Registration } from '../facts/registrations.ts';
import { type Conversion, refuse } from '../state/conversion.ts';

/** What registers nothing. */
const QUIET = new Set(['routes', 'middleware', 'allowedMethods', 'prefix']);

/** Hono takes the routes that a router has when it is mounted; Koa's are looked up when a request comes. */
export function checkMountOrder(cv: Conversion, registrations: readonly Registration[]) {
  for (const mount of registrations.filter(({ member }) => member === 'use')) {
    for (const arg of argumentsAt(mount)) {
      const given = givenIn(cv.flow, arg);
      if (given.is !== 'router') continue;
      const late = registrations.find(
        (each) =>
          each.on === given.router && !QUIET.has(each.member) && mayComeLater(cv, mount, each, given.router),
      );
      if (late !== undefined)
        refuse(
          cv,
          mount.file,
          mount.node,
          'routing/mount-order',
          'the router may be mounted before its routes are registered: move this behind them',
        );
    }
  }
}

/** Whether a registration on a router may run after the router was mounted. */
function mayComeLater(
  cv: Conversion,
  mount: Registration,
  each: Registration,
  router: ExternalValue,
): boolean {
  const [own, other] = [runsIn(cv, mount.file, mount.node), runsIn(cv, each.file, each.node)];
  if (each.file === mount.file && own === other) return each.node.end > mount.node.end;
  // A module is loaded before the one that mounts its router runs on.
  if (each.file !== mount.file && other === null) return false;
  if (other !== null && isCalledBefore(cv, mount, other, own)) return false;
  const made = router.calls.at(-1);
  return made === undefined || runsIn(cv, made.file, made.node) !== other;
}

/** Methods of lists that call a function for each item before they give a value. */
const EACH = /^(?:forEach|map|filter|some|every|flatMap)$/;
/** Those that give a list again. */
const GIVES_LIST = /^(?:map|filter|sort|reverse|slice|concat|flat|flatMap)$/;

/** The function that a place runs in; one that a list calls for its items runs in the function around it. */
function runsIn(cv: Conversion, file: ParsedFile, node: SyntaxNode): SyntaxNode | null {
  const { parents } = cv.editing.workOf(file);
  let fn = enclosingFunction(file, node);
  for (let call = fn === null ? undefined : parents.get(fn); fn !== null; call = parents.get(fn)) {
    const callee = call === undefined ? null : calleeOf(call);
    const isEach = isMember(callee) && EACH.test(memberName(callee) ?? '') && fn.async !== true;
    if (!isEach || fn.generator === true || !isList(cv, file, child(callee, 'object'))) return fn;
    fn = enclosingFunction(file, call as SyntaxNode);
    if (fn === null) return null;
  }
  return fn;
}

/** Whether an expression is a list: written out, of a folder's names, of an object's keys, or made of such. */
function isList(cv: Conversion, file: ParsedFile, node: SyntaxNode | null): boolean {
  if (node === null) return false;
  const inner = unwrap(node);
  if (inner.type === 'ArrayExpression') return true;
  const values = cv.flow.valuesOf(inner);
  if (values.length > 0 && values.every(({ kind }) => kind === 'array')) return true;
  if (isIdentifier(inner)) {
    const binding = cv.editing.workOf(file).bindings.bindingOf(inner);
    return binding?.kind === 'const' && isIdentifier(child(binding.declaration, 'id'))
      ? isList(cv, file, child(binding.declaration, 'init'))
      : false;
  }
  const callee = isCall(inner) ? calleeOf(inner) : null;
  if (!isMember(callee)) return false;
  const name = memberName(callee) ?? '';
  const object = child(callee, 'object');
  if (name === 'readdirSync') return true;
  if (/^(?:keys|values|entries)$/.test(name) && isIdentifier(object, 'Object')) return true;
  return GIVES_LIST.test(name) && isList(cv, file, object);
}

/**
 * Whether every call of a function stands before the mount, in the same function (`require('./routes')(router)`), or is made as
 * another module is loaded; those that it makes of itself are parts of them.
 */
function isCalledBefore(
  cv: Conversion,
  mount: Registration,
  fn: SyntaxNode,
  own: SyntaxNode | null,
): boolean {
  const calls = [...cv.flow.functions()].filter(({ node }) => node === fn).flatMap((value) => value.calls);
  const isBefore = ({ file, node }: (typeof calls)[number]) => {
    const at = runsIn(cv, file, node);
    if (at === fn || (at === null && file !== mount.file)) return true;
    return file === mount.file && at === own && node.end < mount.node.start;
  };
  return calls.length > 0 && fn.async !== true && calls.every(isBefore);
}
