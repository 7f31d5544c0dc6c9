import { textOf } from '../../../../workspace/express/text.ts';
import { resolveBindings } from '../../../syntax/bindings.ts';
import type { Flow } from '../../../syntax/flow/flow.ts';
import type { FunctionValue } from '../../../syntax/flow/values.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isCall,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
} from '../../../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../syntax/parse.ts';
import { walk } from '../../../syntax/walk.ts';
import type { Place } from '../../model.ts';
import { type Kept, keptBy, verbOf } from './kept.ts';

/** A handler that a program registers on a router of its own. */
export interface Registered {
  method: string;
  path: string;
  at: Place;
  /** The function that answers, where it could be followed. */
  answers: FunctionValue | null;
}

/**
 * What a program registers on routers of its own: calls that hand a path and a function to a function of the program
 * which keeps both together (`router.get('/notes', list)`). What is kept is followed, not what such a router is called.
 */
export function registeredRoutes(flow: Flow): Registered[] {
  const found: Registered[] = [];
  for (const file of flow.files.values())
    walk(file.program, {
      enter(node) {
        if (isCall(node)) found.push(...registeredAt(flow, { file, node }));
      },
    });
  return found;
}

function registeredAt(flow: Flow, { file, node }: Place): Registered[] {
  const callee = calleeOf(node);
  const args = argumentsOf(node);
  if (callee === null || args.length < 2) return [];
  const texts = args.map((each) => textOf(flow, each));
  const path = texts.findIndex((text, at) => text?.startsWith('/') && !isHandedOn(file, args[at]));
  if (path < 0) return [];
  for (const value of flow.valuesOf(callee)) {
    if (value.kind !== 'function') continue;
    for (let handler = args.length - 1; handler > path; handler--) {
      const given = args[handler];
      if (given === undefined || texts[handler] !== null || isPlain(given)) continue;
      const kept = keptBy(flow, value, path, handler);
      if (kept === null) continue;
      const method = methodOf(kept, texts) ?? verbOf(memberName(callee)) ?? 'ALL';
      const before = kept.before.map((part) =>
        'text' in part ? part.text : ownText(flow, file, callee, part.own),
      );
      const whole = `${before.join('')}${texts[path]}`.replace(/^(?!\/)/, '/').replace(/\/{2,}/g, '/');
      const answers = flow.valuesOf(given).find((one) => one.kind === 'function');
      return [
        { method, path: whole, at: { file, node }, answers: answers?.kind === 'function' ? answers : null },
      ];
    }
  }
  return [];
}

/** A parameter of the function around it: what is registered is told where that is called. */
function isHandedOn(file: ParsedFile, given: SyntaxNode | undefined): boolean {
  const binding = isIdentifier(given) ? resolveBindings(file).bindingOf(given) : null;
  return binding?.kind === 'parameter';
}

/** Options and numbers are no handlers. */
const isPlain = (node: SyntaxNode): boolean =>
  /^(?:ObjectExpression|Literal|TemplateLiteral)$/.test(node.type);

const methodOf = ({ method }: Kept, texts: readonly (string | null)[]): string | null =>
  method === null ? null : 'text' in method ? method.text : verbOf(texts[method.parameter] ?? null);

/** The text that the router a call is made on was made with: `new Router('/users')`, whose constructor keeps it. */
function ownText(flow: Flow, file: ParsedFile, callee: SyntaxNode, member: string): string {
  let router = isMember(callee) ? child(callee, 'object') : null;
  // `router.get(…).post(…)`: the root of the chain.
  while (isCall(router)) router = child(calleeOf(router) ?? router, 'object');
  const binding = isIdentifier(router) ? resolveBindings(file).bindingOf(router) : null;
  const made = binding === null ? null : child(binding.declaration, 'init');
  if (made?.type !== 'NewExpression') return '<expression>';
  const [held] = flow.valuesOf(child(made, 'callee') ?? made);
  if (held?.kind !== 'class' || held.constructorFunction === null) return '<expression>';
  const { node, file: where } = held.constructorFunction;
  const bindings = resolveBindings(where);
  for (const [index, parameter] of parametersOf(node).entries()) {
    const isOwn = parameter.type === 'TSParameterProperty';
    const inner = isOwn ? child(parameter, 'parameter') : parameter;
    const isDefaulted = inner?.type === 'AssignmentPattern';
    const name = isDefaulted ? child(inner, 'left') : inner;
    if (!isIdentifier(name)) continue;
    const kept = isOwn
      ? name.name === member
      : isAssigned(node, member, (at) => bindings.bindingOf(at) === bindings.bindingOf(name));
    if (!kept) continue;
    const given = argumentsOf(made)[index] ?? (isDefaulted ? child(inner, 'right') : null);
    return (given === null || given === undefined ? null : textOf(flow, given)) ?? '<expression>';
  }
  return '<expression>';
}

/** `this.member = name`. */
function isAssigned(fn: SyntaxNode, member: string, isIt: (node: SyntaxNode) => boolean): boolean {
  let found = false;
  walk(fn, {
    enter(node) {
      if (node.type !== 'AssignmentExpression') return;
      const [left, right] = [child(node, 'left'), child(node, 'right')];
      const isMine = child(left ?? node, 'object')?.type === 'ThisExpression' && memberName(left) === member;
      if (isMine && isIdentifier(right) && isIt(right)) found = true;
    },
  });
  return found;
}
