import type { ExternalValue } from '../../../src/workspace/syntax/flow/values.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
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
  const [own, other] = [enclosingFunction(mount.file, mount.node), enclosingFunction(each.file, each.node)];
  if (each.file === mount.file && own === other) return each.node.end > mount.node.end;
  // A module is loaded before the one that mounts its router runs on.
  if (each.file !== mount.file && other === null) return false;
  if (other !== null && isCalledBefore(cv, mount, other, own)) return false;
  const made = router.calls.at(-1);
  return made === undefined || enclosingFunction(made.file, made.node) !== other;
}

/** Whether every call of a function stands before the mount, in the same function: `require('./routes')(router)`. */
function isCalledBefore(
  cv: Conversion,
  mount: Registration,
  fn: SyntaxNode,
  own: SyntaxNode | null,
): boolean {
  const calls = [...cv.flow.functions()].filter(({ node }) => node === fn).flatMap((value) => value.calls);
  const isBefore = ({ file, node }: (typeof calls)[number]) =>
    file === mount.file && enclosingFunction(file, node) === own && node.end < mount.node.start;
  return calls.length > 0 && fn.async !== true && calls.every(isBefore);
}
