import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { child, children, field, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { replaceStatement } from '../../shared/edit/emit.ts';
import { verdictOf } from '../facts/answers/verdicts.ts';
import { type Conversion, replace, spanOf, type Unit } from '../state/conversion.ts';
import type { Frame } from './frame.ts';

const RULE = 'helpers/verdict';

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
  const [test, yes, no] = ['test', 'consequent', 'alternate'].map((name) => child(node, name));
  if (!test || !yes || no || frame.settle !== null || fn !== unit.fn.node || unit.fn.kind === 'helper')
    return false;
  const isNegated = test.type === 'UnaryExpression' && field(test, 'operator') === '!';
  const asked = unwrap(isNegated ? (child(test, 'argument') ?? test) : test);
  const call = asked.type === 'AwaitExpression' ? unwrap(child(asked, 'argument') ?? asked) : asked;
  const reached = conversion.calls.get(call) ?? [];
  const isSaid = reached.length > 0 && reached.every((each) => verdictOf(each)?.answered === !isNegated);
  if (!isSaid || reached.some((each) => each.fn.node.async === true) !== (asked !== call) || !isLeft(yes))
    return false;
  if (conversion.dry > 0) return true;
  const used = taken.get(unit) ?? new Set<string>();
  const name = freshName(work.bindings.scopeOf(fn), 'answered', used);
  taken.set(unit, used.add(name));
  replaceStatement(
    conversion,
    work,
    node,
    [[`const ${name} = `, spanOf(asked)], [`if (${name}) return ${name}`]],
    RULE,
  );
  return true;
}

/** A branch that does nothing but to leave the function. */
function isLeft(branch: SyntaxNode): boolean {
  const [only, ...more] = branch.type === 'BlockStatement' ? children(branch, 'body') : [branch];
  return only?.type === 'ReturnStatement' && child(only, 'argument') === null && more.length === 0;
}

/** The paths of such a helper that have not answered give nothing. */
export function convertVerdictReturns(conversion: Conversion, unit: Unit): void {
  for (const each of verdictOf(unit)?.others ?? []) {
    const value = child(each, 'argument');
    if (value !== null) replace(conversion, unit.work, value, ['null'], RULE);
  }
}
