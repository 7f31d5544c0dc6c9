import { unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../edit/draft.ts';
import { spanOf } from '../state/conversion.ts';
import type { Frame } from './frame.ts';

/** How one expression answers. `value` is the response (or the error thrown) as text around kept source. */
export type Form =
  | { kind: 'respond' | 'throw'; before: Part[][]; value: Part[]; rule: string }
  | { kind: 'next'; before: Part[][]; value: Part[]; rule: string }
  | { kind: 'branch'; test: SyntaxNode; yes: Form; no: Form; rule: string };

/** Rule of a call inside a callback whose own callback settles the promise: nothing is left to do for the call. */
export const SETTLED = 'callbacks/settled';

/** Statements that a form becomes, `return` and `resolve` included. */
export function formLines(frame: Frame, form: Form): Part[][] {
  const settle = frame.settle;
  if (form.kind === 'branch') return branchLines(frame, form);
  if (form.kind === 'throw') {
    if (settle !== null) {
      settle.rejects = true;
      return [...form.before, [`${settle.reject}(`, ...form.value, ')']];
    }
    return frame.guarded ? [['return Promise.reject(', ...form.value, ')']] : [['throw ', ...form.value]];
  }
  if (form.rule === SETTLED) return [form.value];
  if (settle !== null) return [...form.before, [`${settle.resolve}(`, ...form.value, ')']];
  return [...form.before, ['return ', ...form.value]];
}

function branchLines(frame: Frame, form: Form & { kind: 'branch' }): Part[][] {
  const { yes, no, test } = form;
  const plain = (side: Form): side is Form & { value: Part[] } =>
    side.kind !== 'branch' && side.kind !== 'throw' && side.before.length === 0;
  if (plain(yes) && plain(no)) {
    const value: Part[] = [spanOf(test), ' ? ', ...yes.value, ' : ', ...no.value];
    return [frame.settle === null ? ['return ', ...value] : [`${frame.settle.resolve}(`, ...value, ')']];
  }
  const simple = /^(Identifier|MemberExpression|CallExpression)$/.test(unwrap(test).type);
  const negated: Part[] = simple ? ['if (!', spanOf(test), ') '] : ['if (!(', spanOf(test), ')) '];
  if (no.kind === 'throw' && frame.settle === null)
    return [[...negated, ...(formLines(frame, no)[0] ?? [])], ...formLines(frame, yes)];
  const first = formLines(frame, yes);
  if (first.length === 1 && frame.settle === null) {
    return [['if (', spanOf(test), ') ', ...(first[0] ?? [])], ...formLines(frame, no)];
  }
  const block = (lines: Part[][]): Part[] => lines.flatMap((line): Part[] => [...line, '; ']);
  return [['if (', spanOf(test), ') { ', ...block(first), '} else { ', ...block(formLines(frame, no)), '}']];
}
