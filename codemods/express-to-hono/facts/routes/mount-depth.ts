import type {
  ExpressFunction,
  Registration,
  RouterValue,
} from '../../../../src/workspace/express/program.ts';
import { routersIn } from '../../../../src/workspace/express/registrations.ts';
import type { Conversion, Unit } from '../../state/conversion.ts';

/** Paths of which the number of segments is known: literal ones and whole-segment parameters. */
const COUNTED = /^(?:\/(?:[\w.~@&',;=-]+|:\w+))*\/?$/;

/**
 * How many segments of the path the mounts above a function take, wherever it runs; null where that differs, or is not known.
 * What `req.url`, `req.path` and `req.baseUrl` are is told by this number. Error handlers run at the router they are on.
 */
export const mountDepth = (conversion: Conversion, unit: Unit): number | null =>
  single(depthsOf(conversion, unit.fn, []));

type Depths = ReadonlySet<number | null>;

const single = (depths: Depths): number | null => (depths.size === 1 ? ([...depths][0] ?? null) : null);

function depthsOf(conversion: Conversion, fn: ExpressFunction, around: readonly ExpressFunction[]): Depths {
  const found = new Set<number | null>();
  if (around.includes(fn)) return found;
  for (const use of fn.uses) {
    if (use.kind === 'registered') found.add(depthIn(conversion, use.registration, []));
    else if (use.kind === 'called' && use.by !== null)
      for (const each of depthsOf(conversion, use.by, [...around, fn])) found.add(each);
    else found.add(null);
  }
  return found;
}

/** The segments above what a call registers; those of the path of a route are not taken. */
function depthIn(
  conversion: Conversion,
  registration: Registration,
  around: readonly RouterValue[],
): number | null {
  const above = routerDepth(conversion, registration.on, around);
  const own = registration.method === 'use' ? takenBy(registration) : 0;
  return above === null || own === null ? null : above + own;
}

function takenBy({ pathNode, paths, rows, turns }: Registration): number | null {
  if (rows !== undefined || turns !== undefined) return null;
  if (pathNode === null) return 0;
  const counts = new Set(
    paths.map(({ text }) =>
      text === null || !COUNTED.test(text) ? null : text.split('/').filter(Boolean).length,
    ),
  );
  return single(counts);
}

function routerDepth(
  conversion: Conversion,
  router: RouterValue,
  around: readonly RouterValue[],
): number | null {
  if (router.kind === 'app') return 0;
  if (around.includes(router)) return null;
  const mounts = conversion.program.registrations.filter(({ handlers }) =>
    handlers.flatMap(routersIn).includes(router),
  );
  return single(new Set(mounts.map((mount) => depthIn(conversion, mount, [...around, router]))));
}
