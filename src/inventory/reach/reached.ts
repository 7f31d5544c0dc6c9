import type { Inventory } from '../../model/inventory.ts';
import type { Modules } from '../../workspace/syntax/modules.ts';
import { applicationOf, follow } from '../application.ts';
import type { Facts } from '../detector.ts';
import { SELF_STARTED } from '../frameworks.ts';
import { scriptUse } from '../script-use.ts';
import { traitsOf } from '../traits.ts';
import type { Roles } from './roles.ts';

/** What is known only once the scripts are: what the application's own files do, and what each script uses. */
export function readReached(
  { scripts, frameworks }: Pick<Inventory, 'scripts' | 'frameworks'>,
  modules: Modules,
  roles: Roles,
): Facts {
  const loadsItself = frameworks.some((each) => SELF_STARTED.has(each.package));
  const files = new Set(modules.paths.filter((path) => roles.of(path) === 'application'));
  const program = applicationOf(modules, roles);
  follow(program, files, roles);
  // A framework that loads files by itself has more of them than its entry points reach.
  const loaded = modules.paths.filter((path) => files.has(path) || (loadsItself && roles.isOwn(path)));
  const packages = new Set(loaded.flatMap((path) => modules.packagesOf(path)));
  const beside = modules.paths.filter((path) => !files.has(path) && roles.isOwn(path));
  return {
    traits: traitsOf(program, files),
    scriptUses: scripts.map((script) => scriptUse(script, modules)),
    besidePackages: [...new Set(beside.flatMap((path) => modules.packagesOf(path)))].sort(),
    // What lies outside the root imports packages, too: which, is not known.
    ...(!loaded.some((path) => modules.leavesRoot(path)) && { applicationPackages: [...packages].sort() }),
  };
}
