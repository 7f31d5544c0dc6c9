import { installedFolder, installedManifest } from '../../installed.ts';
import { declarations, isRecord, said } from '../../manifests.ts';
import type { RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

/** Conditions of `exports` by which a target takes another file than Node. */
const CONDITIONS: readonly [kind: string, conditions: readonly string[]][] = [
  ['conditional-bun', ['bun']],
  ['conditional-deno', ['deno']],
  ['conditional-workers', ['workerd', 'worker', 'browser']],
];
/** Licences that ask something of what they are put together with. */
const COPYLEFT = /\b(?:AGPL|GPL|SSPL|BUSL|OSL|EUPL|CC-BY-NC|Elastic)\b/i;
const WEAK = /\bLGPL\b|\bMIT\b|\bApache\b|\bBSD\b|\bISC\b/i;
/** Packages whose part of a Worker alone is large. Measured with esbuild 0.28, minified and compressed, 2026-11-29. */
const HEAVY: ReadonlySet<string> = new Set([
  'aws-sdk',
  'googleapis',
  'firebase-admin',
  'jsdom',
  '@faker-js/faker',
  'natural',
]);

const rule: RepositoryRule = {
  id: 'packages',
  title: 'what packages bring for each target',
  kinds: ['conditional-bun', 'conditional-deno', 'conditional-workers', 'licence', 'bundle-heavy'],
  async see({ repository, served, packages }) {
    const seen: Seen[] = [];
    for (const { manifest, field, name } of declarations(served)) {
      if (field !== 'dependencies' || !packages.has(name)) continue;
      const place = said(manifest, field, name);
      if (HEAVY.has(name)) seen.push({ ...place, kind: 'bundle-heavy', name });
      const folder = installedFolder(repository.root, manifest.folder, name);
      const own = folder === null ? null : installedManifest(folder);
      if (own === null) continue;
      const licence = licenceOf(own);
      if (licence !== null) seen.push({ ...place, kind: 'licence', name: `${name} (${licence})` });
      for (const [kind, conditions] of CONDITIONS)
        if (takesAnother(own.exports, conditions)) seen.push({ ...place, kind, name });
    }
    return { seen };
  },
};

/** A licence that a bundle would have to heed; null for the others, and where one may choose. */
function licenceOf({ license }: Record<string, unknown>): string | null {
  const text =
    typeof license === 'string'
      ? license
      : isRecord(license) && typeof license.type === 'string'
        ? license.type
        : null;
  if (text === 'UNLICENSED') return text;
  return text !== null && COPYLEFT.test(text) && !WEAK.test(text) ? text : null;
}

/** Whether the package's main entry is another file under one of the conditions than under Node's. */
function takesAnother(exported: unknown, conditions: readonly string[]): boolean {
  const main = isRecord(exported) && '.' in exported ? exported['.'] : exported;
  const node = chosen(main, ['node', 'import', 'require', 'default']);
  const other = chosen(main, [
    ...conditions,
    ...(conditions.includes('browser') ? [] : ['node']),
    'import',
    'require',
    'default',
  ]);
  return other !== null && node !== null && other !== node;
}

/** The file that the first matching condition of an entry leads to, in the entry's own order. */
function chosen(entry: unknown, conditions: readonly string[]): string | null {
  if (typeof entry === 'string') return entry;
  if (!isRecord(entry)) return null;
  for (const [condition, inner] of Object.entries(entry))
    if (conditions.includes(condition)) {
      const found = chosen(inner, conditions);
      if (found !== null) return found;
    }
  return null;
}

export default rule;
