import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isMember,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atStart } from '../../shared/edit/draft.ts';
import { indentAt } from '../../shared/edit/emit.ts';
import { isStream } from '../facts/answers/stream-operations.ts';
import { memberAt } from '../facts/request-members.ts';
import { type Conversion, claim, handedTo, replace, type Unit } from '../state/conversion.ts';

interface Read {
  root: SyntaxNode;
  /** `req.user` or `res.locals.user`. */
  node: SyntaxNode;
}

/**
 * A variable that a function reads more than once is read into a constant first, as one would write it:
 * `const user = c.get('user')`. Only where nothing in between can set it to something else.
 */
export function hoistReads(conversion: Conversion, unit: Unit, isOwn: (name: string) => boolean): void {
  if (isStream(unit) || conversion.dry > 0) return;
  const reads = new Map<string, Read[]>();
  const written = writtenNames(unit);
  for (const { node, role } of unit.uses) {
    if (
      conversion.claimed.has(node) ||
      (role === 'res' && (conversion.keepsLocals || unit.ofExpress !== null))
    )
      continue;
    const found = readAt(unit, node, role);
    if (found === null || (role === 'req' && !isOwn(found.name))) continue;
    reads.set(found.name, [...(reads.get(found.name) ?? []), { root: node, node: found.node }]);
  }
  for (const [name, found] of reads) {
    if (found.length < 2 || written.has(name) || helpersWrite(conversion, unit, name, new Set())) continue;
    hoist(conversion, unit, name, found);
  }
}

function hoist(conversion: Conversion, unit: Unit, name: string, reads: readonly Read[]): void {
  const { work } = unit;
  const scope = work.bindings.scopeOf(unit.fn.node);
  const first = reads[0];
  if (first === undefined || !/^[a-z_$][\w$]*$/i.test(name) || freshName(scope, name, work.taken) !== name)
    return;
  const nested = (node: SyntaxNode) => functionsAround(unit, node);
  if (reads.some(({ node }) => nested(node).some((fn) => fn.type === 'FunctionDeclaration'))) return;
  const nexts = unit.uses.filter(({ node, role }) => role === 'next' && isContinue(unit, node));
  if (
    nexts.length > 0 &&
    reads.some(({ node }) => nested(node).length > 0 || nexts.some((next) => next.node.start < node.start))
  )
    return;
  if (
    conversion.afterResponse.some((moved) =>
      reads.some(({ node }) => moved.start <= node.start && node.end <= moved.end),
    )
  )
    return;
  const place = statementBefore(unit, reads);
  if (place === null) return;
  const { newline, semicolon } = work.layout;
  const indent = indentAt(work, place.start);
  work.taken.add(name);
  conversion.variables.add(name);
  const read = `${unit.context}.get(${work.layout.string(name)})`;
  // Before whatever the statement becomes: a `return`, a promise around it.
  work.draft.lead(atStart(place), `const ${name} = ${read}${semicolon}${newline}${indent}`, 'variables/read');
  for (const { root, node } of reads) {
    claim(conversion, root);
    const property = work.parents.get(node);
    const same =
      property?.type === 'Property' &&
      child(property, 'value') === node &&
      property.computed !== true &&
      child(property, 'key')?.name === name;
    if (same) replace(conversion, work, property, [name], 'variables/read');
    else replace(conversion, work, node, [name], 'variables/read');
  }
}

/** The statement in the innermost block around all reads that holds the first; null when a line cannot go before it. */
function statementBefore(unit: Unit, reads: readonly Read[]): SyntaxNode | null {
  const { parents, file } = unit.work;
  const start = Math.min(...reads.map(({ node }) => node.start));
  const end = Math.max(...reads.map(({ node }) => node.end));
  let below = reads[0]?.node;
  for (
    let up = below === undefined ? undefined : parents.get(below);
    up !== undefined && below !== unit.fn.node;
    below = up, up = parents.get(up)
  ) {
    if (up.type !== 'BlockStatement' || up.start > start || up.end < end || below === undefined) continue;
    const line = file.text.slice(file.text.lastIndexOf('\n', below.start - 1) + 1, below.start);
    return line.trim() === '' ? below : null;
  }
  return null;
}

function functionsAround(unit: Unit, node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (
    let up = unit.work.parents.get(node);
    up !== undefined && up !== unit.fn.node;
    up = unit.work.parents.get(up)
  ) {
    if (isFunction(up)) found.push(up);
  }
  return found;
}

const isContinue = (unit: Unit, node: SyntaxNode): boolean => {
  const call = unit.work.parents.get(node);
  if (call?.type !== 'CallExpression') return true;
  return calleeOf(call) === node ? argumentsOf(call).length === 0 : true;
};

function readAt(unit: Unit, root: SyntaxNode, role: string): { name: string; node: SyntaxNode } | null {
  const { parents } = unit.work;
  let member = parents.get(root);
  if (!isMember(member) || child(member, 'object') !== root || member.optional === true) return null;
  if (role === 'res') {
    const inner = parents.get(member);
    if (memberName(member) !== 'locals' || !isMember(inner) || child(inner, 'object') !== member) return null;
    member = inner;
  } else if (role !== 'req') return null;
  const name = memberName(member);
  const up = parents.get(member);
  if (name === null || isWritten(up, member)) return null;
  return up?.type === 'CallExpression' && calleeOf(up) === member ? null : { name, node: member };
}

const isWritten = (up: SyntaxNode | undefined, node: SyntaxNode): boolean =>
  (up?.type === 'AssignmentExpression' && child(up, 'left') === node) ||
  up?.type === 'UpdateExpression' ||
  (up?.type === 'UnaryExpression' && up.operator === 'delete');

function writtenNames(unit: Unit): Set<string> {
  const names = new Set<string>();
  for (const { node } of unit.uses) {
    let member: SyntaxNode | null | undefined = memberAt(unit.work, node);
    if (isMember(member) && memberName(member) === 'locals') member = unit.work.parents.get(member);
    if (!isMember(member)) continue;
    if (isWritten(unit.work.parents.get(member), member)) names.add(memberName(member) ?? '');
  }
  return names;
}

/** Whether a function that gets the context from this one may set the variable. */
function helpersWrite(conversion: Conversion, unit: Unit, name: string, seen: Set<Unit>): boolean {
  if (seen.has(unit)) return false;
  seen.add(unit);
  return unit.uses.some(({ node }) => {
    const handed = handedTo(unit.work, node);
    if (handed === null) return false;
    const reached = conversion.calls.get(handed.call);
    if (reached === undefined) return true;
    return reached.some(
      (helper) => writtenNames(helper).has(name) || helpersWrite(conversion, helper, name, seen),
    );
  });
}
