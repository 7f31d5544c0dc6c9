import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import {
  child,
  children,
  field,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, type Part } from '../../shared/edit/draft.ts';
import { indentAt, replaceStatement } from '../../shared/edit/emit.ts';
import { parityName } from '../edit/imports.ts';
import { type Verdict, verdictOf } from '../facts/answers/verdicts.ts';
import { type Conversion, remark, replace, spanOf, textOf, type Unit } from '../state/conversion.ts';
import type { Frame } from './frame.ts';

const RULE = 'helpers/verdict';
const NOBODY = 'the request gets no answer where this is nothing: the client waits, as in Express';

/** Names that a function was given here. */
const taken = new WeakMap<Unit, Set<string>>();

/**
 * `if (!isValid(req, res)) return;` becomes `const answered = isValid(c);` and `if (answered) return answered;`: such a helper
 * gives its answer, or nothing, instead of saying whether it has answered.
 *
 * @returns whether the statement is one
 */
export function convertVerdict(conversion: Conversion, frame: Frame, node: SyntaxNode): boolean {
  const { unit, fn } = frame;
  const { work } = unit;
  const asked = askedBy(node);
  if (asked === null || !isOwnLevel(frame)) return false;
  const said = verdictOfCall(conversion, asked.value);
  if (said === null || said.answered === asked.isNegated) return false;
  if (conversion.dry > 0) return true;
  const used = taken.get(unit) ?? new Set<string>();
  const name = freshName(work.bindings.scopeOf(fn), said.by === 'value' ? 'found' : 'answered', used);
  taken.set(unit, used.add(name));
  const lines: Part[][] =
    said.by === 'boolean'
      ? [[`if (${name}) return ${name}`]]
      : valueLines(conversion, unit, { name, said, node });
  replaceStatement(conversion, work, node, [[`const ${name} = `, spanOf(asked.value)], ...lines], RULE);
  return true;
}

/**
 * `const user = find(req, res); if (!user) return;`: the helper gives its answer in place of nothing. With `if (user) { … }` in
 * place of the second statement the first is followed by `if (user instanceof Response) return user;`.
 *
 * @returns how many of the statements from `index` on are said with it; 0 where this is none
 */
export function convertFound(
  conversion: Conversion,
  frame: Frame,
  statements: readonly SyntaxNode[],
  index: number,
): 0 | 1 | 2 {
  const { unit } = frame;
  const [node, following] = [statements[index], statements[index + 1]];
  const [declared, ...more] = node?.type === 'VariableDeclaration' ? children(node, 'declarations') : [];
  const [target, value] = declared === undefined ? [] : [child(declared, 'id'), child(declared, 'init')];
  if (!node || !following || !value || !isIdentifier(target) || more.length > 0 || !isOwnLevel(frame))
    return 0;
  const said = verdictOfCall(conversion, unwrap(value));
  if (said?.by !== 'value' || unit.answering.has(child(following, 'test') ?? node)) return 0;
  if (mayBeWebResponse(unit, target)) return 0;
  const name = field(target, 'name');
  const asked = askedBy(following);
  if (asked?.isNegated && isIdentifier(asked.value, name)) {
    const lines = valueLines(conversion, unit, { name, said, node: following });
    replaceStatement(conversion, unit.work, following, lines, RULE);
    return 2;
  }
  const isWithin = following.type === 'IfStatement' && child(following, 'alternate') === null;
  if (!isWithin || !isIdentifier(child(following, 'test'), name)) return 0;
  if (conversion.dry === 0) {
    const { newline, semicolon } = unit.work.layout;
    const line = `if (${name} instanceof Response) return ${name}${semicolon}`;
    unit.work.draft.insert(atEnd(node), `${newline}${indentAt(unit.work, node.start)}${line}`, RULE);
  }
  return 1;
}

/** Only a handler's own statements can leave it. */
const isOwnLevel = ({ settle, fn, unit }: Frame): boolean =>
  settle === null && fn === unit.fn.node && unit.fn.kind !== 'helper';

/** `if (!value) return;`: what is asked, and whether its contrary. */
function askedBy(node: SyntaxNode): { value: SyntaxNode; isNegated: boolean } | null {
  if (node.type !== 'IfStatement') return null;
  const [test, yes, no] = ['test', 'consequent', 'alternate'].map((name) => child(node, name));
  if (!test || !yes || no || !isLeft(yes)) return null;
  const isNegated = test.type === 'UnaryExpression' && field(test, 'operator') === '!';
  return { value: unwrap(isNegated ? (child(test, 'argument') ?? test) : test), isNegated };
}

/** What all functions that a call reaches say with their results, in one way; null where one says nothing so. */
function verdictOfCall(conversion: Conversion, asked: SyntaxNode): Verdict | null {
  const call = asked.type === 'AwaitExpression' ? unwrap(child(asked, 'argument') ?? asked) : asked;
  const reached = conversion.calls.get(call) ?? [];
  if (asked === call && reached.some((each) => each.fn.node.async === true)) return null;
  const [first, ...others] = reached.map(verdictOf);
  if (!first || others.some((each) => each?.by !== first.by || each.answered !== first.answered)) return null;
  return { ...first, mayBeNothing: first.mayBeNothing || others.some((each) => each?.mayBeNothing) };
}

function valueLines(
  conversion: Conversion,
  unit: Unit,
  { name, said, node }: { name: string; said: Verdict; node: SyntaxNode },
): Part[][] {
  const answer = [`if (${name} instanceof Response) return ${name}`];
  if (!said.mayBeNothing) return [answer];
  remark(conversion, unit.work, node, 'flow/unanswered', NOBODY);
  return [answer, [`if (!${name}) return ${parityName(conversion, unit.work, 'neverAnswers')}()`]];
}

/** Members that tell a response of `fetch`: what has them is not told from the answer. */
const WEB_RESPONSE = new Set('ok json text blob arrayBuffer formData bodyUsed clone body headers'.split(' '));

function mayBeWebResponse({ work }: Unit, name: SyntaxNode): boolean {
  const references = work.bindings.bindingOf(name)?.references ?? [];
  return references.some(({ node }) => {
    const up = work.parents.get(node);
    return isMember(up) && child(up, 'object') === node && WEB_RESPONSE.has(memberName(up) ?? '');
  });
}

/** A branch that does nothing but to leave the function. */
function isLeft(branch: SyntaxNode): boolean {
  const [only, ...more] = branch.type === 'BlockStatement' ? children(branch, 'body') : [branch];
  return only?.type === 'ReturnStatement' && child(only, 'argument') === null && more.length === 0;
}

/** The paths of such a helper that have not answered give nothing, or what they gave. */
export function convertVerdictReturns(conversion: Conversion, unit: Unit): void {
  const verdict = verdictOf(unit);
  if (verdict === null) return;
  if (verdict.by === 'boolean') {
    for (const each of verdict.others) {
      const value = child(each, 'argument');
      if (value !== null) replace(conversion, unit.work, value, ['null'], RULE);
    }
  }
  convertVerdictType(conversion, unit, verdict);
}

/** `Promise<User | null>` becomes `Promise<Response | User>`; where a type has no parts to look at, `Promise<Response | Awaited<…>>`. */
function convertVerdictType(conversion: Conversion, unit: Unit, { by, mayBeNothing }: Verdict): void {
  const { work, fn } = unit;
  const annotation = child(fn.node, 'returnType');
  const type = annotation === null ? null : child(annotation, 'typeAnnotation');
  if (annotation === null || type === null) return;
  const isAsync = fn.node.async === true;
  const [promised] = isAsync ? children(child(type, 'typeArguments') ?? type, 'params') : [type];
  const parts = promised?.type === 'TSUnionType' ? children(promised, 'types') : [promised ?? type];
  const isNothing = ({ type: kind }: SyntaxNode) => /^TS(Null|Undefined|Void)Keyword$/.test(kind);
  const kept = mayBeNothing ? parts : parts.filter((each) => !isNothing(each));
  const text = kept.map((each) => textOf(work, each)).join(' | ');
  const given = by === 'boolean' ? 'null' : promised === undefined ? `Awaited<${text}>` : text;
  const both = `Response | ${given}`;
  replace(conversion, work, annotation, [isAsync ? `: Promise<${both}>` : `: ${both}`], 'types/return');
}
