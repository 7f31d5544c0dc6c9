import type { Script } from '../../model/inventory.ts';
import type { Modules } from '../../workspace/syntax/modules.ts';
import { applicationOf, follow } from '../application.ts';
import type { Facts } from '../detector.ts';
import { scriptUse } from '../script-use.ts';
import { traitsOf } from '../traits.ts';
import type { Roles } from './roles.ts';

/** What is known only once the scripts are: what the application's own files do, and what each script uses. */
export function readReached(scripts: readonly Script[], modules: Modules, roles: Roles): Facts {
  const files = new Set(modules.paths.filter((path) => roles.of(path) === 'application'));
  const program = applicationOf(modules, roles);
  follow(program, files, roles);
  const packages = new Set([...files].flatMap((path) => modules.packagesOf(path)));
  return {
    traits: traitsOf(program, files),
    scriptUses: scripts.map((script) => scriptUse(script, modules)),
    applicationPackages: [...packages].sort(),
  };
}
