import type { BuiltinUse, EntryPoint } from '../model/inventory.ts';
import type { Modules } from '../workspace/syntax/modules.ts';

/** Whether a source file exists for tests or development only, by the names people use. */
export const isTestFile = (path: string): boolean =>
  /(^|\/)(__tests__|__mocks__|tests?|spec|e2e|fixtures|testing|cypress|benchmarks?|bench)\//.test(path) ||
  /[._-](test|spec|e2e|bench|stories)\.[cm]?[jt]sx?$/.test(path) ||
  /(^|\/)(test|tests)\.[cm]?[jt]s$/.test(path) ||
  /(^|\/)[\w.-]+\.(config|preset|setup)\.[cm]?[jt]s$/.test(path);

/**
 * Marks uses in files that no entry point imports, directly or through others. Without an entry point in the
 * repository (all are build output) nothing is marked: the careful reading is that everything is reached.
 */
export function withReach(
  uses: readonly BuiltinUse[],
  entryPoints: readonly EntryPoint[],
  modules: Modules,
): BuiltinUse[] {
  const reached = new Set(entryPoints.filter(({ present }) => present).map(({ file }) => file));
  if (reached.size === 0) return [...uses];
  for (const path of reached) for (const imported of modules.importsOf(path)) reached.add(imported);
  return uses.map((use) =>
    use.reach === 'production' && use.location && !reached.has(use.location.file)
      ? { ...use, reach: 'unreached' }
      : use,
  );
}
