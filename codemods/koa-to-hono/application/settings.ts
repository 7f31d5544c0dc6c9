import { calleeOf, child, isCall, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { textOf } from '../../shared/edit/work.ts';
import { around } from '../body/context-use.ts';
import { kindOf } from '../facts/registrations.ts';
import { isStatement } from '../members/state.ts';
import { BRIDGED } from '../packages/bridged.ts';
import { ruleOf } from '../packages/index.ts';
import { type Conversion, want } from '../state/conversion.ts';

/** Settings of the application, what it puts on every context, and packages that are handed it: Koa's own application takes them. */
export function readSettings(cv: Conversion, files: readonly ParsedFile[]) {
  for (const file of files) {
    const work = cv.editing.workOf(file);
    for (const [node] of cv.flow.expressionsIn(file)) {
      if (!cv.flow.valuesOf(node).some((value) => kindOf(value) === 'application')) continue;
      const { node: at, parent } = around(work, node);
      const name = isMember(parent) && child(parent, 'object') === at ? memberName(parent) : null;
      const outer = parent === undefined ? undefined : around(work, parent);
      const isCalled = isMember(parent) && isCall(outer?.parent) && calleeOf(outer.parent) === outer.node;
      const isSetting = name !== null && name !== 'exports' && !isCalled;
      if (name === 'keys' && parent !== undefined && takesKeys(cv, file, parent)) continue;
      if (isSetting && parent !== undefined) {
        cv.settings.add(name);
        const inner = name === 'context' ? contextName(cv, file, parent) : null;
        if (inner !== null) cv.settings.add(inner);
      } else if (!isHandedOn(cv, at, parent) || isGivenUp(cv, parent)) continue;
      work.draft.replace(node, [want(cv, work, 'support', 'koaApp')], 'application/settings');
    }
  }
}

/** `app.keys = ['secret']`, where cookies are signed by the output's own. */
function takesKeys(cv: Conversion, file: ParsedFile, member: SyntaxNode): boolean {
  const work = cv.editing.workOf(file);
  const { node: at, parent } = around(work, member);
  const value =
    parent?.type === 'AssignmentExpression' && parent.operator === '=' && child(parent, 'left') === at
      ? child(parent, 'right')
      : null;
  if (!cv.alone || value === null || !isStatement({ work }, parent as SyntaxNode)) return false;
  const name = want(cv, work, 'support', 'cookieKeys');
  work.draft.replace(parent as SyntaxNode, [`${name}(${textOf(work, value)})`], 'application/keys');
  cv.signs = true;
  return true;
}

/** Whether what gets the application has a rule that needs it no more. */
const isGivenUp = (cv: Conversion, call: SyntaxNode | undefined): boolean =>
  call !== undefined &&
  valuesOf(cv, call).every(
    (value) =>
      value.kind === 'external' &&
      (value.module === 'koa-onerror' || (cv.alone && ruleOf(value.module)?.lends !== undefined)),
  );

const valuesOf = ({ flow }: Conversion, call: SyntaxNode) => {
  const callee = calleeOf(call);
  return callee === null ? [] : flow.valuesOf(callee);
};

/** `db` of `app.context.db`. */
function contextName(cv: Conversion, file: ParsedFile, member: SyntaxNode): string | null {
  const { parent } = around(cv.editing.workOf(file), member);
  return isMember(parent) ? memberName(parent) : null;
}

/** `session(app)`. */
export function isHandedOn({ flow }: Conversion, at: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (!isCall(parent) || calleeOf(parent) === at) return false;
  const callee = calleeOf(parent);
  const values = callee === null ? [] : flow.valuesOf(callee);
  return (
    values.length > 0 &&
    values.every(
      (value) => value.kind === 'external' && (value.module in BRIDGED || value.module === 'koa-onerror'),
    )
  );
}
