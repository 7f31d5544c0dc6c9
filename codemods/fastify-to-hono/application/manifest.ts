import type { CodemodInput, SpanEdit } from '../../../src/codemod/contract.ts';
import { removeDependency, setDependency, setField } from '../../../src/workspace/manifest-edit.ts';
import { smallest } from '../../shared/edit/manifest.ts';

/** The version that the output was tested with. */
const HONO = '^4.13.19';

/** package.json after the conversion, as one edit; null where there is none. */
export async function editManifest(
  input: CodemodInput,
  path: string,
  {
    unused,
    dependencies,
    commonjs,
  }: { unused: readonly string[]; dependencies: Readonly<Record<string, string>>; commonjs: boolean },
): Promise<SpanEdit | null> {
  const before = await input.read(path);
  if (before === null) return null;
  let text = before;
  for (const name of unused) text = removeDependency(text, name);
  text = setDependency(text, 'hono', HONO);
  for (const [name, range] of Object.entries(dependencies)) text = setDependency(text, name, range);
  // Deno needs it to load the sources.
  if (commonjs && !('type' in (JSON.parse(text.replace(/^\uFEFF/, '')) as object)))
    text = setField(text, ['type'], 'commonjs');
  return text === before ? null : smallest(before, text);
}
