import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  isMember,
  memberName,
  patternTarget,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../../src/workspace/syntax/walk.ts';
import { PACKAGES } from '../packages/_known.ts';
import { type Conversion, type FileWork, handedTo, refuse, type Unit } from '../state/conversion.ts';
import { wholePath } from '../state/references.ts';
import { followingOf } from './after-next.ts';
import { memberAt } from './request-members.ts';

/** What is refused here runs behind no bridge either: there an answer is as late. */
export const SAVED_BEFORE = 'flow/saved';

/** Members of a request that are saved, or change what is, by middleware of packages. */
const SAVED: ReadonlySet<string> = new Set([...PACKAGES.values()].flatMap(({ saves }) => saves ?? []));

const isSaved = ({ bridgedNames }: Conversion, name: string | null): boolean =>
  name !== null && SAVED.has(name) && bridgedNames.has(name);

/**
 * Express saves a session within `res.json(…)`, or as a stream ends: what is changed in it on the lines after that is lost. Hono
 * has the answer when the handler returns it, which is after those lines.
 */
export function keepAfterAnswer(conversion: Conversion): void {
  for (const unit of conversion.units.values()) {
    const changes = changesOf(conversion, unit, new Set());
    if (changes.length === 0) continue;
    const after = answersOf(conversion, unit).flatMap((answer) => followingOf(unit.work, answer));
    const late = changes.find(
      (each) =>
        isInListener(unit, each) || after.some(({ start, end }) => start <= each.start && each.end <= end),
    );
    if (late === undefined) continue;
    const reason = 'what is changed here, once the answer has begun, would be saved at another moment';
    refuse(conversion, unit.work, late, SAVED_BEFORE, reason, unit);
  }
}

/** Uses of the response that may answer, and of `next`. On Hono's context, what is streamed is saved as the stream begins. */
const answersOf = ({ options }: Conversion, { uses, answering, work }: Unit): SyntaxNode[] =>
  uses.flatMap(({ node, role }) => {
    const member = memberAt(work, node);
    const call = work.parents.get(member ?? node);
    if (role === 'next') return call?.type === 'CallExpression' && calleeOf(call) === node ? [node] : [];
    if (role !== 'res' || (STREAMS.test(memberName(member) ?? '') && !options.connects)) return [];
    return answering.has(node) || (call !== undefined && answering.has(call)) ? [node] : [];
  });

/** `stream.on('end', () => …)`, `res.once('finish', () => …)`. */
function isInListener({ fn, work }: Unit, change: SyntaxNode): boolean {
  const inner = enclosingFunction(work.file, change);
  const call = inner === null || inner === fn.node ? undefined : work.parents.get(inner);
  const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
  return isMember(callee) && /^(on|once|addListener)$/.test(memberName(callee) ?? '');
}

const STREAMS = /^(write|writeHead|flushHeaders)$/;

/** Where a function changes what is saved, or has another one do it. */
function changesOf(conversion: Conversion, unit: Unit, seen: Set<Unit>): SyntaxNode[] {
  const { work, uses } = unit;
  if (seen.has(unit)) return [];
  seen.add(unit);
  return uses.flatMap(({ node, role }) => {
    if (role !== 'req') return [];
    const member = memberAt(work, node);
    if (member !== null) return isSaved(conversion, memberName(member)) ? changed(work, member) : [];
    const handed = handedTo(work, node);
    const others = handed === null ? [] : (conversion.calls.get(handed.call) ?? []);
    if (others.some((each) => changesOf(conversion, each, seen).length > 0)) return [node];
    return savedIn(conversion, work.parents.get(node)).flatMap((name) => changed(work, name));
  });
}

/** The names that `const { session } = req` gives what is saved. */
const savedIn = (conversion: Conversion, declarator: SyntaxNode | undefined): SyntaxNode[] => {
  const pattern = declarator?.type === 'VariableDeclarator' ? child(declarator, 'id') : null;
  if (pattern?.type !== 'ObjectPattern') return [];
  return children(pattern, 'properties').flatMap((each) => {
    const target = isSaved(conversion, propertyKeyName(each))
      ? patternTarget(child(each, 'value') ?? each)
      : null;
    return isIdentifier(target) ? [target] : [];
  });
};

/** Changes of a value, by itself, by what it holds, or by another name it gets. */
function changed(work: FileWork, value: SyntaxNode): SyntaxNode[] {
  const binding = isIdentifier(value) ? work.bindings.bindingOf(value) : null;
  if (binding !== null && binding.node === value)
    return binding.references.flatMap(({ node }) => (node === value ? [] : changed(work, node)));
  const path = wholePath(work, value);
  const up = work.parents.get(path);
  if (up?.type === 'VariableDeclarator') {
    const name = child(up, 'id');
    return isIdentifier(name) && child(up, 'init') === path ? changed(work, name) : [];
  }
  if (up?.type === 'AssignmentExpression') return child(up, 'left') === path ? [path] : [];
  if (up?.type === 'UpdateExpression' || (up?.type === 'UnaryExpression' && up.operator === 'delete'))
    return [path];
  if (up?.type !== 'CallExpression') return [];
  const callee = calleeOf(up);
  if (callee === path) return [path];
  const isPrinted = isMember(callee) && isIdentifier(child(callee, 'object'), 'console');
  return argumentsOf(up).includes(path) && !isPrinted ? [path] : [];
}
