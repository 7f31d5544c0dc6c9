import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';

/**
 * The text of a program that runs in a process of its own, as plain JavaScript: the built file as it is, or the
 * TypeScript source without its types when migrate itself runs from source.
 *
 * @param name file name without its extension, beside `base`
 * @param base `import.meta.url` of the caller
 */
export async function scriptText(name: string, base: string): Promise<string> {
  const typed = base.endsWith('.ts');
  const text = await readFile(new URL(`./${name}.${typed ? 'ts' : 'js'}`, base), 'utf8');
  return typed ? (await transform(text, { loader: 'ts', target: 'node20' })).code : text;
}
