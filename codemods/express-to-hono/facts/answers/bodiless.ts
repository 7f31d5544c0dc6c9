import {
  argumentsOf,
  calleeChain,
  calleeOf,
  child,
  children,
  isMember,
  memberName,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion, FileWork, Unit } from '../../state/conversion.ts';
import { TERMINALS } from '../units.ts';
import { isOpenStatus } from './open-status.ts';

const known = new WeakMap<Conversion, { named: boolean; open: boolean }>();

export const STATUS_STREAMED = 'the status of what is streamed may be one without a body';

/** Names that packages and people give the statuses without a body: `StatusCodes.NO_CONTENT`. */
const NAMED = /^(no_?content|reset_?content|not_?modified)$/i;

/** Statuses that go without a body, whatever was to be sent: a web `Response` refuses one. */
export const sendsNoBody = (status: number): boolean => status === 204 || status === 205 || status === 304;

/**
 * Whether an answer may have such a status although its own chain names none: one that was set in a statement or a
 * middleware before, or that a variable or an argument holds.
 */
export function mayHaveNoBody(conversion: Conversion): boolean {
  const { named, open } = statusesOf(conversion);
  return named || open;
}

/** The same for a stream: a status from outside is looked for in its own function only. */
export function mayStreamNoBody(conversion: Conversion, { work, fn }: Unit): boolean {
  return statusesOf(conversion).named || setsOpenStatus(conversion, work, fn.node);
}

function statusesOf(conversion: Conversion): { named: boolean; open: boolean } {
  const works = conversion.program.files.map((file) => conversion.workOf(file));
  const found = known.get(conversion) ?? {
    named: works.some(namesNoBody),
    open: works.some((work) => setsOpenStatus(conversion, work, work.file.program)),
  };
  known.set(conversion, found);
  return found;
}

function namesNoBody(work: FileWork): boolean {
  const { program } = work.file;
  const numbers = findAll(program, 'Literal').filter(
    ({ value }) => sendsNoBody(Number(value)) && /^(number|string)$/.test(typeof value),
  );
  const names = findAll(program, 'MemberExpression').filter((node) => NAMED.test(memberName(node) ?? ''));
  return [...numbers, ...names].some((node) => !isSettled(work, node));
}

/** `res.status(code)` and `res.statusCode = code` with a code from outside, and an answer elsewhere. */
function setsOpenStatus(conversion: Conversion, work: FileWork, region: SyntaxNode): boolean {
  const isResponse = (node: SyntaxNode | null) => {
    const root = node === null ? undefined : calleeChain(node)[0];
    return root !== undefined && conversion.roles.get(root.node)?.role === 'res';
  };
  const calls = findAll(region, 'CallExpression').some((call) => {
    const callee = calleeOf(call);
    if (memberName(callee) !== 'status' || !isResponse(call) || answers(work, call)) return false;
    return isOpenStatus(conversion, work, argumentsOf(call)[0] ?? null) && !endsNext(work, call);
  });
  return (
    calls ||
    findAll(region, 'AssignmentExpression').some((node) => {
      const left = child(node, 'left');
      if (memberName(left) !== 'statusCode' || left === null || !isResponse(child(left, 'object')))
        return false;
      return isOpenStatus(conversion, work, child(node, 'right')) && !endsNext(work, node);
    })
  );
}

/** The status is compared, or the chain that sets it answers, or nothing but an answer without a body comes after it. */
function isSettled(work: FileWork, status: SyntaxNode): boolean {
  const call = work.parents.get(status);
  if (call?.type === 'BinaryExpression' || call?.type === 'SwitchCase') return true;
  if (call?.type === 'AssignmentExpression') return endsNext(work, call);
  if (call?.type !== 'CallExpression') return false;
  const callee = child(call, 'callee');
  const name = callee === null ? null : memberName(callee);
  if (name === 'sendStatus' || name === 'redirect') return true;
  if (name !== 'status' && name !== 'writeHead') return false;
  return answers(work, call) || endsNext(work, call);
}

/** The chain goes on to an answer. */
function answers(work: FileWork, call: SyntaxNode): boolean {
  const member = work.parents.get(call);
  if (member === undefined || !isMember(member) || child(member, 'object') !== call) return false;
  if (TERMINALS.has(memberName(member) ?? '')) return true;
  const next = work.parents.get(member);
  return next?.type === 'CallExpression' && child(next, 'callee') === member && answers(work, next);
}

/** `res.end()` or `res.send()` is the statement after this one. */
function endsNext(work: FileWork, node: SyntaxNode): boolean {
  const statement = work.parents.get(node);
  const block = statement === undefined ? undefined : work.parents.get(statement);
  if (statement?.type !== 'ExpressionStatement' || block?.type !== 'BlockStatement') return false;
  const body = children(block, 'body');
  const after = body[body.indexOf(statement) + 1];
  const value = after && child(after, after.type === 'ReturnStatement' ? 'argument' : 'expression');
  if (value?.type !== 'CallExpression' || argumentsOf(value).length > 0) return false;
  return /^(end|send)$/.test(memberName(child(value, 'callee') ?? value) ?? '');
}
