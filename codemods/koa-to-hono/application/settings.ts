import { calleeOf, child, isCall, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { around } from '../body/context-use.ts';
import { kindOf } from '../facts/registrations.ts';
import { BRIDGED } from '../packages/bridged.ts';
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
      if (isSetting && parent !== undefined) {
        cv.settings.add(name);
        const inner = name === 'context' ? contextName(cv, file, parent) : null;
        if (inner !== null) cv.settings.add(inner);
      } else if (!isHandedOn(cv, at, parent)) continue;
      work.draft.replace(node, [want(cv, work, 'support', 'koaApp')], 'application/settings');
    }
  }
}

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
  return values.length > 0 && values.every((value) => value.kind === 'external' && value.module in BRIDGED);
}
