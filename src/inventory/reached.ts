import type { EntryPoint, Script } from '../model/inventory.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import { applicationOf, follow } from './application.ts';
import { closure } from './closure.ts';
import type { Facts } from './detector.ts';
import { scriptUse } from './script-use.ts';
import { traitsOf } from './traits.ts';

/** What is known only once entry points and scripts are: what the application's own files do, and what each script uses. */
export function readReached(
  entryPoints: readonly EntryPoint[],
  scripts: readonly Script[],
  modules: Modules,
): Facts {
  const application = applicationFiles(entryPoints, modules);
  const program = applicationOf(modules);
  if (application) follow(program, application);
  const scriptUses = scripts.map((script) => scriptUse(script, modules));
  const packages = application && new Set([...application].flatMap((path) => modules.packagesOf(path)));
  return {
    traits: traitsOf(program, application),
    scriptUses,
    applicationPackages: packages && [...packages].sort(),
  };
}

/** The files behind the application's entry points; null when none of those is in the repository. */
function applicationFiles(entryPoints: readonly EntryPoint[], modules: Modules): Set<string> | null {
  const started = entryPoints.filter(({ present, kind }) => present && kind !== 'bin');
  return started.length === 0
    ? null
    : closure(
        modules,
        started.map(({ file }) => file),
      );
}
