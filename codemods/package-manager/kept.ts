import type { Json } from '../../src/workspace/manifest-edit.ts';
import type { Manager } from './managers.ts';
import { type Project, rangesIn } from './project.ts';

/** Something that the other manager has not, or that a person has to look at. */
export interface Matter {
  reason: string;
  /** Whether nothing is changed for it. */
  stops: boolean;
}

/** What of a project the other manager would not keep. */
export function mattersOf(project: Project, from: Manager['name'], to: Manager['name']): Matter[] {
  const root = project.manifests.get('package.json');
  const found: Matter[] = [];
  const stop = (reason: string) => found.push({ reason, stops: true });
  const say = (reason: string) => found.push({ reason, stops: false });
  for (const { file, name, range } of rangesIn(project)) {
    if (range.startsWith('patch:'))
      stop(`${file}: \`${name}\` is patched by Yarn's \`patch:\`, which ${to} does not read`);
    if (/^(?:portal|exec):/.test(range))
      stop(`${file}: \`${name}\` is asked for as \`${range}\`, which ${to} does not read`);
    if (to === 'npm' && /^(?:workspace|catalog):/.test(range))
      stop(`${file}: \`${name}\` is asked for as \`${range}\`, which npm does not read`);
  }
  if (root && to === 'npm' && Object.keys(root.patchedDependencies).length > 0)
    stop('package.json: `patchedDependencies` is read by Bun only; patch-package does it for npm');
  const settings = { ...project.pnpm, ...root?.pnpm };
  for (const name of [
    'packageExtensions',
    'peerDependencyRules',
    'neverBuiltDependencies',
    'ignoredOptionalDependencies',
  ])
    if (settings[name] !== undefined) stop(`\`${name}\` of pnpm has no counterpart in ${to}`);
  const workspaces = root?.workspaces as { nohoist?: unknown } | undefined;
  if (workspaces?.nohoist !== undefined)
    say('`nohoist` of Yarn has no counterpart: what is hoisted is up to the new manager');
  if (from === 'yarn' && Object.keys(root?.dependenciesMeta ?? {}).length > 0)
    say('`dependenciesMeta` of Yarn is not read by others');
  const nested = Object.keys(root?.resolutions ?? {}).filter((name) =>
    name.replace(/^@[^/]+\//, '').includes('/'),
  );
  if (to === 'bun' && nested.length > 0)
    say(
      `\`resolutions\` of a place inside the tree (${nested.join(', ')}): the lockfile keeps what they chose; a later change was not compared`,
    );
  if (to === 'npm' && Object.keys(root?.resolutions ?? {}).length > 0)
    say(
      'npm reads `overrides`, not `resolutions`: the lockfile keeps what they chose, and a later change does not',
    );
  return found;
}

/**
 * Packages whose install scripts run today.
 *
 * @param scripted those of the tree that have one
 */
export function trustedOf(
  { manifests, pnpm, npmrc }: Project,
  from: Manager['name'],
  scripted: ReadonlySet<string>,
): string[] {
  if (/^\s*ignore-scripts\s*=\s*true/m.test(npmrc)) return [];
  const root = manifests.get('package.json');
  const allowed = from === 'pnpm' ? listOf({ ...pnpm, ...root?.pnpm }.onlyBuiltDependencies) : null;
  const all = [...scripted].sort();
  return allowed === null ? all : all.filter((name) => allowed.includes(name));
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Settings of pnpm that Bun takes over into fields of its own. */
const TAKEN = new Set(['overrides', 'patchedDependencies', 'onlyBuiltDependencies']);

/**
 * The fields that package.json has for the new manager.
 *
 * @param fields as the new manager left them when it took the lockfile over
 */
export function fieldsOf(
  path: string,
  fields: Readonly<Record<string, Json>>,
  next: Manager,
  version: string,
  trusted: readonly string[],
): Record<string, Json> {
  const wanted = { ...fields };
  if (path !== 'package.json') return wanted;
  const { pnpm } = wanted;
  if (next.name === 'bun' && pnpm && Object.keys(pnpm).every((name) => TAKEN.has(name))) delete wanted.pnpm;
  if (trusted.length > 0) wanted.trustedDependencies = trusted;
  if (typeof wanted.packageManager === 'string' && next.name === 'bun')
    wanted.packageManager = `bun@${version}`;
  if (next.name === 'npm') delete wanted.trustedDependencies;
  if (next.name === 'npm' && String(wanted.packageManager).startsWith('bun@')) delete wanted.packageManager;
  return wanted;
}
