import {
  argumentsOf,
  calleeOf,
  child,
  field,
  isIdentifier,
  memberName,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import type { BehaviourName } from '../express-to-hono/state/behaviours.ts';
import { range } from '../shared/edit/draft.ts';
import { deleteStatement, removeItems } from '../shared/edit/emit.ts';
import { type Editing, type FileWork, replace } from '../shared/edit/work.ts';
import { DROPPABLE } from './behaviours.ts';

/** One place where a parity function is named. */
export interface Use {
  work: FileWork;
  node: SyntaxNode;
  behaviour: BehaviourName;
}

/** Whether a use has the form in which it can be taken out. */
export function isDroppable({ work, node, behaviour }: Use): boolean {
  const form = DROPPABLE.get(behaviour)?.form;
  const call = work.parents.get(node);
  if (call?.type !== 'CallExpression') return false;
  if (form === 'hook') {
    const own = calleeOf(call) !== node && /^(notFound|onError)$/.test(memberName(calleeOf(call)) ?? '');
    return own && argumentsOf(call).length === 1 && isStatement(work, call);
  }
  if (calleeOf(call) !== node) return false;
  if (form === 'answer') {
    const [context, url, status, ...more] = argumentsOf(call);
    const plain = status === undefined || status.type === 'Literal';
    return (
      isIdentifier(context) &&
      url?.type !== 'SpreadElement' &&
      url !== undefined &&
      plain &&
      more.length === 0
    );
  }
  const use = work.parents.get(call);
  return (
    use?.type === 'CallExpression' &&
    memberName(calleeOf(use)) === 'use' &&
    argumentsOf(use).includes(call) &&
    isStatement(work, use)
  );
}

const isStatement = (work: FileWork, call: SyntaxNode): boolean =>
  work.parents.get(call)?.type === 'ExpressionStatement';

/** Takes out all uses of some behaviours; those in one `app.use(…)` together. */
export function dropUses(editing: Editing, uses: readonly Use[]): void {
  const inUse = new Map<SyntaxNode, { work: FileWork; gone: Set<SyntaxNode>; rule: string }>();
  for (const { work, node, behaviour } of uses) {
    const call = work.parents.get(node) ?? node;
    const rule = `parity/${behaviour}`;
    const form = DROPPABLE.get(behaviour)?.form;
    if (form === 'hook') deleteStatement(editing, work, work.parents.get(call) ?? call, rule);
    else if (form === 'answer') {
      const [context, url] = argumentsOf(call);
      if (context === undefined || url === undefined) continue;
      replace(
        editing,
        work,
        range(call, call.start, url.start),
        [`${field(context, 'name')}.redirect(`],
        rule,
      );
    } else {
      const use = work.parents.get(call) ?? call;
      const known = inUse.get(use) ?? { work, gone: new Set<SyntaxNode>(), rule };
      known.gone.add(call);
      inUse.set(use, known);
    }
  }
  for (const [use, { work, gone, rule }] of inUse) {
    const all = argumentsOf(use);
    if (all.every((each) => gone.has(each))) {
      deleteStatement(editing, work, work.parents.get(use) ?? use, rule);
      continue;
    }
    removeItems(editing, work, all, (each) => gone.has(each), rule);
  }
}

/** The name that stands for a parity function in a file. */
export const importedAs = (specifier: SyntaxNode): string => {
  const imported = child(specifier, 'imported') ?? child(specifier, 'key') ?? child(specifier, 'local');
  return imported === null ? '' : field(imported, 'name');
};
