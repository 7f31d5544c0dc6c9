import type { Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import { memberNames } from '../facts/units.ts';
import type { Conversion, Unit } from '../state/conversion.ts';

/** Why such a router stays. */
export const BELOW_REST =
  'every request is at the root of a router that is mounted at a wildcard: that has no rule';

/** Whether a mount takes all of a path off it: `use('*', router)`. */
export const isBelowRest = ({ paths }: Registration): boolean =>
  paths.some(({ text }) => text?.includes('*') === true);

/**
 * Whether a router that Express 4 mounts at `*` answers every path alike: each of its routes is for all, and no handler asks
 * which path it is. There every path is `/`.
 */
export function meetsAll(
  { program, units, version }: Conversion,
  mount: Registration,
  router: RouterValue,
): boolean {
  const isAll = ({ paths }: Registration) =>
    paths.length > 0 && paths.every(({ text }) => text === '*' || text === '/*');
  const asks = (name: string) => /^(path|url|baseUrl|params|route|router)$/.test(name);
  const isPlain = (unit: Unit | undefined) =>
    unit?.uses.every(({ node, role }) => {
      const names = role === 'req' ? memberNames(unit.work, node) : ['?'];
      return names.length > 0 && !names.some(asks);
    });
  return (
    version === 4 &&
    isAll(mount) &&
    program.registrations
      .filter(({ on }) => on === router)
      .every(
        (each) =>
          isAll(each) &&
          each.handlers.every((argument) => {
            const functions = functionsIn(argument);
            return functions.length > 0 && functions.every(({ node }) => isPlain(units.get(node)));
          }),
      )
  );
}
