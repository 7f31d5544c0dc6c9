import {
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  patternTarget,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { constantOf } from '../state/constants.ts';
import type { FileWork } from '../state/conversion.ts';

/** A value in the file where it is written. */
export interface NamedValue {
  work: FileWork;
  value: SyntaxNode;
}

/** Every property or method of a name in the files of a program, by its value. */
export const valuesNamed = (files: readonly FileWork[], name: string): NamedValue[] =>
  files.flatMap((work) =>
    findAll(work.file.program, 'Property', 'MethodDefinition')
      .filter((each) => propertyKeyName(each) === name)
      .flatMap((each) => {
        const value = child(each, 'value');
        return value === null ? [] : [{ work, value: unwrap(value) }];
      }),
  );

/** What `connect` lends of a request: see `parity-source/native/connect.ts`. */
const LENT = new Set(
  'headers query body cookies signedCookies method url originalUrl get header session sessionID user'.split(
    ' ',
  ),
);

/** The function that a value is, written in its place or by its name in the same file; null where that is not known. */
export function functionAt({ work, value }: NamedValue): SyntaxNode | null {
  const found = unwrap(constantOf(work, value));
  const declared = isIdentifier(found) ? work.bindings.bindingOf(found)?.declaration : undefined;
  const fn = declared?.type === 'FunctionDeclaration' ? declared : found;
  return isFunction(fn) ? fn : null;
}

/** Whether an option that is handed the request asks it only for what is lent. */
export function asksForLent(named: NamedValue): boolean {
  const fn = functionAt(named);
  if (fn === null)
    return /^(Literal|TemplateLiteral|ObjectExpression|ArrayExpression)$/.test(named.value.type);
  const [first] = parametersOf(fn);
  const request = first === undefined ? null : patternTarget(first);
  if (request === null) return first === undefined;
  if (request.type === 'ObjectPattern')
    return children(request, 'properties').every((each) => LENT.has(propertyKeyName(each) ?? ''));
  const { bindings, parents } = named.work;
  return (bindings.bindingOf(request)?.references ?? []).every(({ node }) => {
    const up = parents.get(node);
    return isMember(up) && child(up, 'object') === node && LENT.has(memberName(up) ?? '');
  });
}
