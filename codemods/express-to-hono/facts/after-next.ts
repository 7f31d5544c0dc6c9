import type { ExpressFunction } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isMember,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction, findAll } from '../../../src/workspace/syntax/walk.ts';
import { type Conversion, type FileWork, refuse } from '../state/conversion.ts';
import { referencesOf, wholePath } from '../state/references.ts';

const READS = /^(get|getHeader|getHeaders|hasHeader|on|once|headersSent|header)$/;

const TOLD =
  /^(statusCode|statusMessage|headersSent|finished|writable\w+|get|getHeaders?|getHeaderNames|hasHeader)$/;

/**
 * What handlers did at once is there after `next()`, what others do is not: `await next()` waits for all of them, so what is
 * read of the response there, and what is changed for late handlers, keeps its moment in Express only.
 */
export function keepAfterNext(conversion: Conversion): void {
  for (const fn of conversion.program.functions) {
    const unit = conversion.units.get(fn.node);
    if (unit === undefined || !fn.roles.includes('next') || fn.kind === 'error-handler') continue;
    const { work } = unit;
    const reads = referencesOf(work, fn, 'res').filter((node) => {
      const name = memberName(work.parents.get(node));
      return name !== null && TOLD.test(name) && enclosingFunction(fn.file, node) === fn.node;
    });
    const changes = [...changesOf(work, fn, 'req'), ...changesOf(work, fn, 'res')];
    const met = changes.filter((node) => isMet(conversion, work, fn, node));
    const late =
      afterNext(work, fn, [...met, ...reads]) ?? afterNext(work, fn, sharedChanges(work, fn), true);
    if (late === undefined) continue;
    const reason = 'what comes after `next()` would come at another moment';
    refuse(conversion, work, late, 'middleware/after-next', reason, unit);
  }
}

/** The first of some nodes of a function that stands after a `next()`, or after one with an error unless `goesOn`. */
const afterNext = (work: FileWork, fn: ExpressFunction, nodes: readonly SyntaxNode[], goesOn = false) =>
  referencesOf(work, fn, 'next').flatMap((next) => {
    const call = work.parents.get(next);
    if (call?.type !== 'CallExpression' || calleeOf(call) !== next) return [];
    if (goesOn && argumentsOf(call).length > 0) return [];
    return followingOf(work, call).flatMap((statement) =>
      nodes.filter(({ start, end }) => statement.start <= start && end <= statement.end),
    );
  })[0];

/** Whether anything else names what is set (`req.done`, `res.locals.done`), or it is no such name; views may name all. */
function isMet({ program }: Conversion, work: FileWork, fn: ExpressFunction, node: SyntaxNode): boolean {
  const first = work.parents.get(node);
  const member = memberName(first) === 'locals' ? work.parents.get(first ?? node) : first;
  const name = memberName(member);
  if (name === null || member === undefined || work.parents.get(member)?.type !== 'AssignmentExpression')
    return true;
  const named = new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b|\\.render\\(`);
  return program.files.some(({ path, text }) =>
    named.test(path === fn.file.path ? text.slice(0, fn.node.start) + text.slice(fn.node.end) : text),
  );
}

/** Where a function calls methods of its request or response, or assigns to their members; not in functions inside it. */
function changesOf(work: FileWork, fn: ExpressFunction, role: 'req' | 'res'): SyntaxNode[] {
  return referencesOf(work, fn, role).filter((node) => {
    const member = work.parents.get(node);
    if (!isMember(member) || child(member, 'object') !== node) return false;
    const path = wholePath(work, member);
    const up = work.parents.get(path);
    if (up?.type === 'AssignmentExpression') return child(up, 'left') === path;
    const calls = up?.type === 'CallExpression' && calleeOf(up) === path;
    return calls && role === 'res' && path === member && !READS.test(memberName(member) ?? '');
  });
}

const CHANGES = /^(push|pop|shift|unshift|splice|set|add|delete|clear|sort|reverse|fill)$/;

/** Where a function changes what it shares with others: a variable from outside it, or what one holds. */
function sharedChanges({ bindings, parents }: FileWork, fn: ExpressFunction): SyntaxNode[] {
  return findAll(fn.node, 'Identifier').filter((node) => {
    const binding = bindings.bindingOf(node);
    const isInside = (at: SyntaxNode) => fn.node.start <= at.start && at.end <= fn.node.end;
    if (binding === null || isInside(binding.node) || bindings.referenceOf(node) === null) return false;
    const isShared = binding.kind === 'import' || binding.references.some((use) => !isInside(use.node));
    if (!isShared || enclosingFunction(fn.file, node) !== fn.node) return false;
    let path = node;
    for (let up = parents.get(path); isMember(up) && child(up, 'object') === path; up = parents.get(path))
      path = up;
    const up = parents.get(path);
    if (up?.type === 'AssignmentExpression') return child(up, 'left') === path;
    const calls = up?.type === 'CallExpression' && calleeOf(up) === path;
    return up?.type === 'UpdateExpression' || (calls && CHANGES.test(memberName(path) ?? ''));
  });
}

/** Statements that may run after a call, up to the end of its function: `finally` after what leaves it, too. */
export function followingOf({ parents }: FileWork, call: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let isLeft = false;
  let inner = call;
  for (let up = parents.get(inner); up !== undefined && !isFunction(up); inner = up, up = parents.get(up)) {
    if (leaves(up)) isLeft = true;
    const last = up.type === 'TryStatement' ? child(up, 'finalizer') : null;
    if (last !== null && last !== inner) found.push(last);
    if (isLeft || !/^(BlockStatement|Program|SwitchCase)$/.test(up.type)) continue;
    const list = children(up, up.type === 'SwitchCase' ? 'consequent' : 'body');
    const rest = list.slice(list.indexOf(inner) + 1);
    const end = rest.findIndex((each) => leaves(each) || each.type === 'BreakStatement');
    found.push(...(end === -1 ? rest : rest.slice(0, end + 1)));
    isLeft = end !== -1 && leaves(rest[end] ?? up);
  }
  return found;
}

const leaves = ({ type }: SyntaxNode): boolean => /^(Return|Throw)Statement$/.test(type);
