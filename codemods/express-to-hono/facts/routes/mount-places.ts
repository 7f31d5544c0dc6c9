import type { ExpressFunction, RouterValue } from '../../../../src/workspace/express/program.ts';
import { routersIn } from '../../../../src/workspace/express/registrations.ts';
import type { Conversion, Unit } from '../../state/conversion.ts';

/** Whether `req.url` is the whole URL in a function, is what a mount leaves of it, or differs by caller. */
export type Place = 'root' | 'mounted' | 'unknown';

const places = new WeakMap<Conversion, Map<ExpressFunction, Place | 'busy'>>();

/** Where a function runs. Error and 404 handlers run at the router they are on, after the mounts below it are left. */
export function placeOf(conversion: Conversion, unit: Unit): Place {
  return placeOfFunction(conversion, unit.fn) ?? 'mounted';
}

function placeOfFunction(conversion: Conversion, fn: ExpressFunction): Place | null {
  const known = places.get(conversion) ?? new Map<ExpressFunction, Place | 'busy'>();
  places.set(conversion, known);
  const before = known.get(fn);
  if (before !== undefined) return before === 'busy' ? null : before;
  known.set(fn, 'busy');
  const found = new Set<Place>();
  for (const use of fn.uses) {
    if (use.kind === 'registered') {
      const { on, method, pathNode } = use.registration;
      const atRoot = isAtRoot(conversion, on, []) && (method !== 'use' || pathNode === null);
      found.add(atRoot ? 'root' : 'mounted');
    } else if (use.kind === 'option') {
      // Where the parser is registered: below a mount or not.
      found.add('mounted');
    } else if (use.kind === 'called') {
      const place = use.by === null ? 'unknown' : placeOfFunction(conversion, use.by);
      if (place !== null) found.add(place);
    }
  }
  const place = combine(found);
  known.set(fn, place);
  return place;
}

/** An application, or a router that is mounted at `/` alone, where nothing is taken off the path. */
function isAtRoot(conversion: Conversion, on: RouterValue, around: readonly RouterValue[]): boolean {
  if (on.kind === 'app') return true;
  if (around.includes(on)) return false;
  const mounts = conversion.program.registrations.filter(({ handlers }) =>
    handlers.flatMap(routersIn).includes(on),
  );
  return (
    mounts.length > 0 &&
    mounts.every(
      ({ on: outer, method, pathNode, paths }) =>
        method === 'use' &&
        (pathNode === null || (paths.length > 0 && paths.every(({ text }) => text === '/'))) &&
        isAtRoot(conversion, outer, [...around, on]),
    )
  );
}

function combine(found: ReadonlySet<Place>): Place {
  if (found.has('unknown') || found.size === 0) return 'unknown';
  return found.has('mounted') ? 'mounted' : 'root';
}
