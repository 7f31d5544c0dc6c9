import type { Call, Flow } from '../../workspace/syntax/flow/flow.ts';
import type { FunctionValue } from '../../workspace/syntax/flow/values.ts';
import { calleeOf, isIdentifier, isMember, memberName } from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { enclosingFunction } from '../../workspace/syntax/walk.ts';

/** Calls that run what they are given once, when something is ready, rather than whenever something happens. */
const ONCE = new Set(['then', 'catch', 'finally', 'once', 'listen', 'connect', 'ready', 'after']);

/**
 * Answers whether a function runs only while the application starts: every call of it that is known stands at a module's
 * top level, or in a function of which the same holds. One of which no call is known does not count.
 */
export function runsAtStartOnly(flow: Flow): (node: SyntaxNode) => boolean {
  const given = new Map<FunctionValue, Call[]>();
  for (const call of flow.calls) {
    const followed = [...call.callee.values].every((value) => value.kind === 'function');
    if (followed && call.callee.values.size > 0) continue;
    for (const argument of call.arguments) {
      for (const value of argument.values) {
        if (value.kind !== 'function') continue;
        const calls = given.get(value);
        if (calls) calls.push(call);
        else given.set(value, [call]);
      }
    }
  }
  // A constructor is called wherever its class is made.
  const constructed = new Map<SyntaxNode, Call[]>();
  for (const call of flow.calls)
    for (const value of call.node.type === 'NewExpression' ? call.callee.values : []) {
      const made = value.kind === 'class' ? value.constructorFunction?.node : undefined;
      if (made !== undefined) constructed.set(made, [...(constructed.get(made) ?? []), call]);
    }
  const answers = new Map<SyntaxNode, boolean>();
  const standsAtStart = (file: ParsedFile, node: SyntaxNode): boolean => {
    const outer = enclosingFunction(file, node);
    return outer === null || answer(outer);
  };
  function answer(node: SyntaxNode): boolean {
    const known = answers.get(node);
    if (known !== undefined) return known;
    // Functions that call each other settle each other: whether something else calls them decides.
    answers.set(node, true);
    const fn = flow.functionOf(node);
    const calls = [...(fn?.calls ?? []), ...(constructed.get(node) ?? [])];
    const handed = fn ? (given.get(fn) ?? []) : [];
    const found =
      calls.length + handed.length > 0 &&
      calls.every((call) => standsAtStart(call.file, call.node)) &&
      handed.every((call) => ONCE.has(calledName(call.node)) && standsAtStart(call.file, call.node));
    answers.set(node, found);
    return found;
  }
  return answer;
}

function calledName(call: SyntaxNode): string {
  const callee = calleeOf(call);
  return isMember(callee) ? (memberName(callee) ?? '') : isIdentifier(callee) ? String(callee.name) : '';
}
