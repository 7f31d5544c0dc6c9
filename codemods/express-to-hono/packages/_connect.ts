import {
  child,
  isFunction,
  parametersOf,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { FileWork } from '../state/conversion.ts';

/** Every property or method of a name in the files of a program, by its value. */
export const valuesNamed = (
  files: readonly FileWork[],
  name: string,
): { work: FileWork; value: SyntaxNode }[] =>
  files.flatMap((work) =>
    findAll(work.file.program, 'Property', 'MethodDefinition')
      .filter((each) => propertyKeyName(each) === name)
      .flatMap((each) => {
        const value = child(each, 'value');
        return value === null ? [] : [{ work, value: unwrap(value) }];
      }),
  );

/** Whether a value may be a function that takes something: only what is written out is known to be none. */
export function mayTakeRequest({ value }: { value: SyntaxNode }): boolean {
  if (isFunction(value)) return parametersOf(value).length > 0;
  return !/^(Literal|TemplateLiteral|ObjectExpression|ArrayExpression|UnaryExpression)$/.test(value.type);
}
