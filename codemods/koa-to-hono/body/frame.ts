import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import type { FunctionValue } from '../../../src/workspace/syntax/flow/values.ts';
import {
  argumentsOf,
  calleeOf,
  isCall,
  isFunction,
  isIdentifier,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { childrenOf } from '../../../src/workspace/syntax/walk.ts';
import type { Conversion } from '../state/conversion.ts';
import { aliasesIn } from './aliases.ts';
import { answerIn, isNextCall, type Names, statusIn } from './shapes.ts';

/** How a function is called: for each request, or by a function that is. */
export type Role = 'handler' | 'helper';

/** One function under conversion. */
export interface Frame extends Names {
  cv: Conversion;
  fn: SyntaxNode;
  role: Role;
  /** The name of Hono's context in it. */
  c: string;
  /** Names of the context and of `next` that are rewritten already. */
  done: Set<SyntaxNode>;
  /** Statements that may run after `next()`. */
  late: Set<SyntaxNode>;
  /** It returns a response on some path. */
  answers: boolean;
}

/** Nodes of a statement without those of functions inside it. */
export function* within(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const inner of childrenOf(node)) if (!isFunction(inner)) yield* within(inner);
}

/** Whether a statement answers, sets a status, goes on or leaves the list that it stands in. */
export function isQuiet(frame: Frame, statement: SyntaxNode): boolean {
  for (const node of within(statement)) {
    if (/^(Return|Break|Continue)Statement$/.test(node.type)) return false;
    if (answerIn(frame, node) !== null || statusIn(frame, node) !== null || isNextCall(frame, node))
      return false;
    if (isCall(node) && helperOf(frame, node) !== null) return false;
  }
  return true;
}

/** The functions of the program that a call hands the context to and that may answer; null where it calls none. */
export function helperOf(frame: Frame, call: SyntaxNode): FunctionValue[] | null {
  const passes = argumentsOf(call).some((arg) => isContextName(frame, arg));
  const callee = calleeOf(call);
  if (!passes || callee === null) return null;
  const values = frame.cv.flow.valuesOf(callee);
  const functions = values.filter((value) => value.kind === 'function');
  return functions.length > 0 &&
    functions.length === values.length &&
    functions.some((each) => mayAnswer(frame, each, new Set()))
    ? functions
    : null;
}

export const isContextName = (frame: Names, node: SyntaxNode): boolean => {
  const inner = unwrap(node);
  return isIdentifier(inner) && frame.isContext(inner) && frame.aliasOf(inner) === null;
};

/** Whether a function, or one that it hands its context to, assigns a body or a status or redirects. */
export function mayAnswer(frame: Pick<Frame, 'cv'>, fn: FunctionValue, seen: Set<SyntaxNode>): boolean {
  if (seen.has(fn.node)) return false;
  seen.add(fn.node);
  const names = anyContext(frame, fn);
  for (const node of within(fn.node)) {
    if (answerIn(names, node) !== null || statusIn(names, node) !== null) return true;
    if (!isCall(node)) continue;
    const callee = calleeOf(node);
    if (callee === null || !argumentsOf(node).some((arg) => isContextName(names, arg))) continue;
    for (const value of frame.cv.flow.valuesOf(callee))
      if (value.kind === 'function' && mayAnswer(frame, value, seen)) return true;
  }
  return false;
}

/** A function's own parameters, any of which may be the context. */
function anyContext({ cv }: Pick<Frame, 'cv'>, { file, node }: FunctionValue): Names {
  const work = cv.editing.workOf(file);
  const isOwn = (name: SyntaxNode) => {
    const binding = work.bindings.bindingOf(name);
    return binding?.kind === 'parameter' && node.start <= binding.node.start && binding.node.end <= node.end;
  };
  const { members } = aliasesIn(work, node, null, isOwn);
  const aliasOf = (name: SyntaxNode) => members.get(work.bindings.bindingOf(name) as Binding) ?? null;
  return {
    ...{ work, aliasOf, isNext: () => false, lent: (member) => cv.lends.get(member) },
    isContext: (name) => isOwn(name) || aliasOf(name) !== null,
  };
}
