import type { BuiltinUse } from '../../model/inventory.ts';
import type { Roles } from './roles.ts';

/** Marks the uses in files that are not the application's own, by the part each file plays. */
export function withReach(uses: readonly BuiltinUse[], roleOf: Roles['of']): BuiltinUse[] {
  return uses.map((use) => {
    const role = use.location === null ? 'application' : roleOf(use.location.file);
    return { ...use, reach: role === 'application' ? 'production' : role };
  });
}
