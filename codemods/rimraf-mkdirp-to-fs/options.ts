import type { BooleanLiteral, ObjectExpression } from 'jscodeshift';
import type { Work } from '../shared/transform/work.ts';

/** What options say in words of `fs`. */
interface Options {
  text: string;
  /** The path is taken as it is written. */
  noGlob: boolean;
}

/** Options of `fs.rm` or `fs.mkdir` for those of a call; null where one has no counterpart. */
export function optionsOf(
  work: Work,
  name: 'rimraf' | 'mkdirp',
  given: { type: string } | undefined,
  major: number | null,
): Options | null {
  const always = name === 'rimraf' ? ['recursive: true', 'force: true'] : ['recursive: true'];
  const print = (more: string[]) => `{ ${[...always, ...more].join(', ')} }`;
  if (given === undefined) return { text: print([]), noGlob: false };
  if (name === 'mkdirp' && given.type === 'NumericLiteral')
    return { text: print([`mode: ${work.textOf(given)}`]), noGlob: false };
  if (given.type !== 'ObjectExpression') return null;
  const more: string[] = [];
  let noGlob = false;
  for (const property of (given as ObjectExpression).properties) {
    if (property.type !== 'ObjectProperty' || property.computed || property.key.type !== 'Identifier')
      return null;
    const { key, value } = property;
    if (name === 'mkdirp' && key.name === 'mode' && value.type === 'NumericLiteral')
      more.push(`mode: ${work.textOf(value)}`);
    else if (name === 'rimraf' && isOff(key.name, value, major)) noGlob = true;
    else return null;
  }
  return { text: print(more), noGlob };
}

/** `glob: false` of any release, `disableGlob: true` of the old ones. */
function isOff(key: string, value: { type: string }, major: number | null): boolean {
  if (value.type !== 'BooleanLiteral') return false;
  const on = (value as BooleanLiteral).value;
  return key === 'glob' ? !on : key === 'disableGlob' && on && (major === null || major < 4);
}
