import { at } from '../../src/model/at.ts';
import { resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  memberName,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../src/workspace/syntax/walk.ts';
import type { HonoProgram } from './hono.ts';
import type { Problem } from './limits.ts';

/** Files that a file imports, over any number of others, itself included. */
export function loadedWith(modules: Modules, path: string): Set<string> {
  const loaded = new Set<string>();
  const pending = [path];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (loaded.has(next)) continue;
    loaded.add(next);
    pending.push(...modules.importsOf(next));
  }
  return loaded;
}

const TIMERS = /^(?:setTimeout|setInterval|setImmediate|fetch)$/;
const RANDOM = /^(?:randomUUID|randomBytes|randomInt|getRandomValues|randomFill(?:Sync)?)$/;

/**
 * What workerd refuses while modules load: timers, requests and random values belong to a request there.
 * Source: workerd's error "Disallowed operation called within global scope", measured on 2026-11-17.
 */
export function refusedAtLoad({ flow }: HonoProgram, loaded: ReadonlySet<string>): Problem[] {
  const found: Problem[] = [];
  for (const { callee, file, node } of flow.externalCalls) {
    if (callee.kind !== 'external' || !loaded.has(file.path) || enclosingFunction(file, node) !== null)
      continue;
    const name = callee.path.at(-1) ?? '';
    const isTimer =
      callee.origin === 'global'
        ? callee.path.length === 1 && TIMERS.test(name)
        : /^timers/.test(callee.module);
    const isRandom =
      callee.origin === 'builtin'
        ? callee.module === 'crypto' && RANDOM.test(name)
        : callee.path[0] === 'crypto' && RANDOM.test(name);
    if (!isTimer && !isRandom) continue;
    found.push({
      file,
      node,
      reason: `\`${name}\` runs while the module loads, which Workers refuse: the Worker would not start`,
    });
  }
  return found;
}

/** Uses of a moment that was taken while modules loaded: the clock of a Worker stands at 1970 until the first request. */
export function clockAtLoad({ flow }: HonoProgram, loaded: ReadonlySet<string>): Problem[] {
  const found: Problem[] = [];
  for (const file of flow.files.values()) {
    if (!loaded.has(file.path)) continue;
    const bindings = resolveBindings(file);
    for (const binding of bindings.bindings) {
      const init =
        binding.declaration.type === 'VariableDeclarator' ? child(binding.declaration, 'init') : null;
      if (binding.scope !== bindings.module || init === null || !isMoment(file, init)) continue;
      const reason = `\`${binding.name}\` is the time at which ${at(file.locate(binding.node.start))} was loaded, and the clock of a Worker stands at 1970 then`;
      for (const { node, write } of binding.references) if (!write) found.push({ file, node, reason });
    }
  }
  return found;
}

/** `new Date()`, `Date.now()`, and what is read off them: `new Date().toISOString()`, `Date.now() / 1000`. */
function isMoment(file: ParsedFile, node: SyntaxNode): boolean {
  const isDate = (name: SyntaxNode | null) =>
    isIdentifier(name, 'Date') && resolveBindings(file).bindingOf(name) === null;
  if (node.type === 'BinaryExpression')
    return [child(node, 'left'), child(node, 'right')].some((side) => side !== null && isMoment(file, side));
  if (node.type === 'NewExpression')
    return isDate(calleeOf(node)) && argumentsOf(node).every((argument) => isMoment(file, argument));
  if (node.type !== 'CallExpression') return false;
  const callee = calleeOf(node);
  if (callee?.type !== 'MemberExpression') {
    const given = children(node, 'arguments')[0];
    return (
      given !== undefined &&
      isIdentifier(callee) &&
      /^(?:Number|String)$/.test(String(callee.name)) &&
      isMoment(file, given)
    );
  }
  const object = child(callee, 'object');
  if (isDate(object)) return memberName(callee) === 'now';
  return object !== null && isMoment(file, object);
}
