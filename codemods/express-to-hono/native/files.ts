import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, isFunction, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { type Conversion, type FileWork, spanOf } from '../state/conversion.ts';
import { timeOf, writtenOptions } from '../state/written-options.ts';

/** Options of a file as the small `sendFile` takes them, with the values as they are written; null where they ask for more. */
export function smallFileOptions(
  work: FileWork,
  given: SyntaxNode | undefined,
  isStatic: boolean,
): Part[][] | null {
  const options = writtenOptions(given);
  if (options === null) return null;
  const written: Part[][] = [];
  let age = 0;
  let isForever = false;
  for (const [key, value] of options) {
    if (key === 'maxAge') {
      const time = timeOf(work, value);
      if (time === null) return null;
      age = Math.floor(time / 1000);
    } else if (key === 'immutable' && typeof value.value === 'boolean') {
      isForever = value.value;
    } else if (key === 'root' && !isStatic) {
      written.push([isIdentifier(value, 'root') ? '' : 'root: ', spanOf(value)]);
    } else if (key === 'index' && isStatic && (value.value === false || typeof value.value === 'string')) {
      written.push(['index: ', value.value === false ? work.layout.string('') : spanOf(value)]);
    } else return null;
  }
  const cache = `public, max-age=${age}${isForever ? ', immutable' : ''}`;
  return age === 0 && !isForever ? written : [...written, [`cache: ${work.layout.string(cache)}`]];
}

/** Whether an argument is `express.static`. */
export const isStatic = ({ package: name, member }: PackageArgument): boolean =>
  name === 'express' && member === 'static';

/** What `express.static(root, options)` becomes; null where the options ask for more. */
export function smallStatic(
  conversion: Conversion,
  { call }: PackageArgument,
): { root: SyntaxNode; options: Part[][] } | null {
  const [root, given, ...more] = call === null ? [] : argumentsOf(call.node);
  if (call === null || root === undefined || more.length > 0) return null;
  const options = smallFileOptions(conversion.workOf(call.file), given, true);
  return options === null ? null : { root, options };
}

/** The arguments of `res.sendFile` or `res.download` before a callback. */
export function fileArguments(args: readonly SyntaxNode[]): SyntaxNode[] {
  const last = args.at(-1);
  return last !== undefined && args.length > 1 && isFunction(last) ? args.slice(0, -1) : [...args];
}
