import type { ExpressFunction } from '../../src/workspace/express/program.ts';
import {
  calleeOf,
  child,
  children,
  isFunction,
  isMember,
  memberName,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { type Conversion, type FileWork, refuse } from './conversion.ts';
import { referencesOf, wholePath } from './request-changes.ts';

const READS = /^(get|getHeader|getHeaders|hasHeader|on|once|headersSent|header)$/;

/**
 * What a middleware changes after `next()` is there before late handlers answer, and not for those that answered at once.
 * Neither `await next()` nor a bridge keeps that moment.
 */
export function refuseChangesAfterNext(conversion: Conversion): void {
  for (const fn of conversion.program.functions) {
    if (!fn.roles.includes('next') || fn.kind === 'error-handler') continue;
    const work = conversion.workOf(fn.file);
    const changes = [...changesOf(work, fn, 'req'), ...changesOf(work, fn, 'res')].filter((node) =>
      isMet(conversion, work, fn, node),
    );
    if (changes.length === 0) continue;
    for (const next of referencesOf(work, fn, 'next')) {
      const call = work.parents.get(next);
      if (call?.type !== 'CallExpression' || calleeOf(call) !== next) continue;
      const late = followingOf(work, call).flatMap((statement) =>
        changes.filter(({ start, end }) => statement.start <= start && end <= statement.end),
      )[0];
      if (late === undefined) continue;
      const reason = 'what is changed after `next()` would come at another moment';
      refuse(conversion, work, late, 'middleware/after-next', reason);
    }
  }
}

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

/** Statements that may run after a call, up to the end of its function. */
function followingOf({ parents }: FileWork, call: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let inner = call;
  for (let up = parents.get(inner); up !== undefined && !isFunction(up); inner = up, up = parents.get(up)) {
    if (/^(Return|Throw)Statement$/.test(up.type)) return found;
    if (!/^(BlockStatement|Program|SwitchCase)$/.test(up.type)) continue;
    const list = children(up, up.type === 'SwitchCase' ? 'consequent' : 'body');
    for (const statement of list.slice(list.indexOf(inner) + 1)) {
      found.push(statement);
      if (/^(Return|Throw)Statement$/.test(statement.type)) return found;
      if (statement.type === 'BreakStatement') break;
    }
  }
  return found;
}
