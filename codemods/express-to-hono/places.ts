import type { ExpressFunction } from '../../src/workspace/express/program.ts';
import type { Conversion, Unit } from './conversion.ts';

/** Whether `req.url` is the whole URL in a function, is what a mount leaves of it, or differs by caller. */
export type Place = 'root' | 'mounted' | 'unknown';

/** `last`: at the root, after every route: the 404 and the error handler, where Hono still names the last route. */
type Found = Place | 'last';

const places = new WeakMap<Conversion, Map<ExpressFunction, Found | 'busy'>>();

/** Where a function runs. Error and 404 handlers run at the router they are on, after the mounts below it are left. */
export function placeOf(conversion: Conversion, unit: Unit): Place {
  const found = placeOfFunction(conversion, unit.fn);
  return found === 'last' ? 'root' : (found ?? 'mounted');
}

function placeOfFunction(conversion: Conversion, fn: ExpressFunction): Found | null {
  const known = places.get(conversion) ?? new Map<ExpressFunction, Found | 'busy'>();
  places.set(conversion, known);
  const before = known.get(fn);
  if (before !== undefined) return before === 'busy' ? null : before;
  known.set(fn, 'busy');
  const found = new Set<Found>();
  for (const use of fn.uses) {
    if (use.kind === 'registered') {
      const { on, method, pathNode, call } = use.registration;
      const atRoot = on.kind === 'app' && (method !== 'use' || pathNode === null);
      const last = fn.kind === 'error-handler' || conversion.notFoundCalls.has(call);
      found.add(last ? (atRoot ? 'last' : 'unknown') : atRoot ? 'root' : 'mounted');
    } else if (use.kind === 'called') {
      const place = use.by === null ? 'unknown' : placeOfFunction(conversion, use.by);
      if (place !== null) found.add(place);
    }
  }
  const place = combine(found);
  known.set(fn, place);
  return place;
}

function combine(found: ReadonlySet<Found>): Found {
  if (found.has('unknown') || found.size === 0) return 'unknown';
  if (!found.has('mounted')) return found.has('last') ? 'last' : 'root';
  return found.has('last') ? 'unknown' : 'mounted';
}
