import type { CodemodInput, SpanEdit } from '../../../src/codemod/contract.ts';
import { removeDependency, setDependency, setField } from '../../../src/workspace/manifest-edit.ts';
import { smallest } from '../../shared/edit/manifest.ts';
import { NODE_SERVER } from '../parity/blocks.ts';

/** Versions the output was tested with. */
const TESTED = { hono: '^4.13.19', '@hono/node-server': NODE_SERVER };

export interface ManifestWish {
  /** Packages nothing imports any more. */
  unused: readonly string[];
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
  /** Scripts that start the application otherwise. */
  scripts: Readonly<Record<string, string>>;
  server: boolean;
  commonjs: boolean;
}

/** The package.json after the conversion, as one edit; null when there is none or nothing changes. */
export async function editManifest(
  input: CodemodInput,
  path: string,
  wish: ManifestWish,
): Promise<SpanEdit | null> {
  const before = await input.read(path);
  if (before === null) return null;
  let text = before;
  for (const name of wish.unused) text = removeDependency(text, name);
  text = setDependency(text, 'hono', TESTED.hono);
  if (wish.server) text = setDependency(text, '@hono/node-server', TESTED['@hono/node-server']);
  for (const [name, range] of Object.entries(wish.dependencies)) text = setDependency(text, name, range);
  for (const [name, range] of Object.entries(wish.devDependencies))
    text = setDependency(text, name, range, 'devDependencies');
  for (const [name, script] of Object.entries(wish.scripts)) text = setField(text, ['scripts', name], script);
  if (wish.commonjs && !('type' in (JSON.parse(text.replace(/^\uFEFF/, '')) as object)))
    text = setField(text, ['type'], 'commonjs');
  return text === before ? null : smallest(before, text);
}

/** The package's name as Workers allow it: lower case, digits and dashes. */
export async function packageName(input: CodemodInput): Promise<string> {
  const text = await input.read('package.json');
  const { name } = JSON.parse(text?.replace(/^\uFEFF/, '') ?? '{}') as { name?: unknown };
  const plain = String(name ?? 'app')
    .toLowerCase()
    .replace(/^@[^/]*\//, '')
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+|-+$/g, '') || 'app';
}
