import { child, children, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { importName } from '../edit/imports.ts';
import { type Conversion, type FileWork, replace, textOf } from '../state/conversion.ts';
import { contextType } from './context-type.ts';

const ROLE = /^:\s*(?:\w+\.)?(Request|Response|NextFunction)\b/;

/** What a function that handles a request gave back to Express, which did not look at it, Hono needs. */
const RETURNS: Readonly<Record<string, string>> = {
  'Promise<void>': 'Promise<any>',
  'Promise<unknown>': 'Promise<any>',
  void: 'any',
  unknown: 'any',
};

/**
 * `(req: Request, res: Response, next: NextFunction) => Promise<void>` → `(c: Context<AppEnv>, next: Next) => Promise<any>`,
 * by the rule that the functions themselves follow: the first of request and response becomes the context, the other goes,
 * and so does `next` where no call hands it on.
 */
export function convertFunctionType(conversion: Conversion, work: FileWork, type: SyntaxNode): void {
  const result = child(type, 'returnType');
  const written = result === null ? null : child(result, 'typeAnnotation');
  const params = children(type, 'params');
  if (written === null || params.some((param) => !isIdentifier(param)) || !work.draft.keeps(type)) return;
  const parts: string[] = [];
  let placed = false;
  for (const param of params) {
    const annotation = child(param, 'typeAnnotation');
    const role = annotation === null ? undefined : ROLE.exec(textOf(work, annotation))?.[1];
    if (role === undefined) parts.push(textOf(work, param));
    else if (role !== 'NextFunction') {
      if (!placed) parts.push(`c: ${contextType(conversion, work)}`);
      placed = true;
    } else if (handsNext(work, type))
      parts.push(`next: ${importName(conversion, work, 'hono', 'Next', { type: true })}`);
  }
  const returned = textOf(work, written);
  const now = `(${parts.join(', ')}) => ${RETURNS[returned] ?? returned}`;
  replace(conversion, work, type, [now], 'types/function');
}

/** Whether a call of what has this type, here or by its alias, still hands on `next`; true where no call is seen. */
function handsNext(work: FileWork, type: SyntaxNode): boolean {
  const calls: string[] = [];
  for (const scope of bindingsOfType(work, type)) {
    for (const { node } of scope.references) {
      const call = work.parents.get(node);
      if (call?.type === 'CallExpression' && child(call, 'callee') === node)
        calls.push(work.draft.render(call));
    }
  }
  return calls.length === 0 || calls.some((call) => /\bnext\b/.test(call));
}

/** Names that are declared with a type: `fn` of `(fn: Handler) => …`, of a written type or its alias. */
function bindingsOfType(work: FileWork, type: SyntaxNode) {
  const holder = work.parents.get(type);
  const id = holder?.type === 'TSTypeAliasDeclaration' ? child(holder, 'id') : null;
  const alias = isIdentifier(id) ? work.bindings.bindingOf(id) : null;
  const places = alias === null ? [type] : alias.references.map(({ node }) => node);
  return places.flatMap((place) => {
    let up = work.parents.get(place);
    while (up !== undefined && /^TSType(Reference|Annotation)$/.test(up.type)) up = work.parents.get(up);
    const binding = up !== undefined && isIdentifier(up) ? work.bindings.bindingOf(up) : null;
    return binding === null ? [] : [binding];
  });
}
