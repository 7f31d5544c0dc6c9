import { at } from '../../../../src/model/at.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import { importsOf } from '../../../shared/edit/imports-of.ts';
import { type Conversion, type FileWork, refuse } from '../../state/conversion.ts';
import { referencesOf } from '../../state/references.ts';

/**
 * `next()` given nothing goes on to the next handler, and a promise that rejects with nothing gives it that. A converted
 * handler only throws, so where a promise of the program does so, what hands rejections to `next` stays.
 */
export function keepEmptyForwards(conversion: Conversion): void {
  const where = nothingRaised(conversion);
  if (where === null) return;
  const reason = `\`next\` may be given nothing, as a promise rejects with nothing at ${where}`;
  const wrapped = new Set(
    conversion.program.wrappers.flatMap(({ functions }) => functions.map(({ node }) => node)),
  );
  for (const unit of conversion.units.values()) {
    if (unit.fn.kind === 'error-handler') continue;
    if (wrapped.has(unit.fn.node)) {
      refuse(conversion, unit.work, unit.fn.node, 'errors/nothing', reason, unit);
      continue;
    }
    const forward = referencesOf(unit.work, unit.fn, 'next').find((node) => forwards(unit.work, node));
    if (forward !== undefined) refuse(conversion, unit.work, forward, 'errors/nothing', reason, unit);
  }
}

const raised = new WeakMap<Conversion, { where: string | null }>();

/** The first place where something is rejected or thrown that is nothing: `reject()`, `throw undefined`. Null: nowhere. */
export function nothingRaised(conversion: Conversion): string | null {
  const known = raised.get(conversion);
  if (known !== undefined) return known.where;
  let where: string | null = null;
  for (const file of conversion.program.files) {
    const work = conversion.workOf(file);
    const all = (type: string) =>
      findAll(file.program, type).filter((each) => !isTakenByValidator(work, each));
    const found =
      all('ThrowStatement').find((each) => isNothing(work, child(each, 'argument'))) ??
      all('CallExpression').find((call) => rejectsWithNothing(work, call)) ??
      all('NewExpression').find((made) => handsRejectOn(work, made));
    if (found !== undefined) where ??= at(file.locate(found.start));
  }
  raised.set(conversion, { where });
  return where;
}

/**
 * Whether something stands in a function that is given to a chain of `express-validator`: `body('name').custom(async () => …)`.
 * What such a function throws, or rejects with, is a result of the validation. Source: `CustomValidation.run` of its releases 5 to 7.
 */
function isTakenByValidator(work: FileWork, node: SyntaxNode): boolean {
  for (let fn = functionOf(work, node); fn !== undefined; ) {
    const call = work.parents.get(fn);
    if (call?.type === 'CallExpression' && argumentsOf(call).includes(fn) && isCustom(work, call))
      return true;
    fn = call === undefined ? undefined : functionOf(work, call);
  }
  return false;
}

function isCustom(work: FileWork, call: SyntaxNode): boolean {
  if (memberName(calleeOf(call)) !== 'custom') return false;
  let root: SyntaxNode | null = call;
  while (root !== null && !isIdentifier(root)) {
    const inner = unwrap(root);
    root = calleeOf(inner) ?? (isMember(inner) ? child(inner, 'object') : null);
  }
  const binding = root === null ? null : work.bindings.bindingOf(root);
  return importsOf(work).some(
    ({ module, bindings }) =>
      /^express-validator(\/.*)?$/.test(module) && binding !== null && bindings.includes(binding),
  );
}

/** `next` handed to `.catch()` or `.then()`, or called with what a `catch` has caught. */
function forwards(work: FileWork, next: SyntaxNode): boolean {
  const call = work.parents.get(next);
  if (call?.type !== 'CallExpression') return false;
  if (calleeOf(call) !== next) return isSettling(calleeOf(call));
  const [given] = argumentsOf(call);
  if (!isIdentifier(given)) return false;
  const binding = work.bindings.bindingOf(given);
  if (binding?.kind === 'catch') return true;
  const fn = binding?.kind === 'parameter' ? functionOf(work, binding.node) : undefined;
  const settling = fn === undefined ? undefined : work.parents.get(fn);
  return settling?.type === 'CallExpression' && isSettling(calleeOf(settling));
}

const isSettling = (callee: SyntaxNode | null): boolean => /^(then|catch)$/.test(memberName(callee) ?? '');

function functionOf(work: FileWork, node: SyntaxNode): SyntaxNode | undefined {
  let up: SyntaxNode | undefined = node;
  while (up !== undefined && !isFunction(up)) up = work.parents.get(up);
  return up;
}

function isNothing(work: FileWork, node: SyntaxNode | null | undefined): boolean {
  if (node === null || node === undefined) return true;
  const value = unwrap(node);
  if (value.type === 'Literal') return !('regex' in value) && !value.value;
  if (value.type === 'UnaryExpression') return value.operator === 'void';
  return isIdentifier(value, 'undefined') && work.bindings.bindingOf(value) === null;
}

/** `reject()` of `new Promise((resolve, reject) => …)`, `Promise.reject(null)`. */
function rejectsWithNothing(work: FileWork, call: SyntaxNode): boolean {
  const callee = calleeOf(call);
  if (callee === null || !isNothing(work, argumentsOf(call)[0])) return false;
  if (isMember(callee))
    return memberName(callee) === 'reject' && isIdentifier(child(callee, 'object'), 'Promise');
  return isReject(work, callee);
}

/** `new Promise((resolve, reject) => setTimeout(reject, 100))`. */
function handsRejectOn(work: FileWork, made: SyntaxNode): boolean {
  return findAll(made, 'CallExpression').some((call) => {
    const callee = calleeOf(call);
    const timer = isMember(callee) ? memberName(callee) : isIdentifier(callee) ? String(callee.name) : null;
    const [first, , ...more] = argumentsOf(call);
    return (
      /^(setTimeout|setImmediate|nextTick|queueMicrotask)$/.test(timer ?? '') &&
      more.length === 0 &&
      isIdentifier(first) &&
      isReject(work, first)
    );
  });
}

/** Whether a name is the second parameter of the function that a promise is made with. */
function isReject(work: FileWork, node: SyntaxNode): boolean {
  const binding = isIdentifier(node) ? work.bindings.bindingOf(node) : null;
  const fn = binding?.kind === 'parameter' ? functionOf(work, binding.node) : undefined;
  const made = fn === undefined ? undefined : work.parents.get(fn);
  return (
    made?.type === 'NewExpression' &&
    isIdentifier(child(made, 'callee'), 'Promise') &&
    fn !== undefined &&
    parametersOf(fn)[1] === binding?.node
  );
}
