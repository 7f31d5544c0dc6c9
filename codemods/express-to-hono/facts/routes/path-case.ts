import type {
  HandlerArgument,
  Registration,
  RouterValue,
} from '../../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../../src/workspace/express/registrations.ts';
import { memberName } from '../../../../src/workspace/syntax/nodes.ts';
import { keepsNothingOut } from '../../packages/_known.ts';
import type { Conversion } from '../../state/conversion.ts';
import type { Pattern } from '../../state/worlds.ts';
import { memberAt } from '../request-members.ts';
import { overlap, patternsOf } from './path-patterns.ts';

/** Requests that reach something on the application, in the order it was registered in. */
interface Element {
  pattern: Pattern;
  /** It is middleware, which may keep a request out. */
  guards: boolean;
  /** What it answers depends on the path. */
  goesByPath: boolean;
}

/**
 * Express finds `/admin` for `/ADMIN` as well. Where a guard of a path could be gone around in that way, because a later route
 * takes any text in its place and goes by it, Express's routing stays: the reason. Null where there is no such place.
 */
export function guardReason(conversion: Conversion): string | null {
  if (conversion.settings.routing.includes('caseSensitive: true')) return null;
  const { registrations, routers } = conversion.program;
  const app = routers.find(({ kind }) => kind === 'app');
  const all = registrations
    .filter(({ on }) => on === app)
    .flatMap((each) => elementsOf(conversion, each, '/'));
  for (const [index, guard] of all.entries()) {
    if (!guard.guards) continue;
    const other = all
      .slice(index + 1)
      .find((each) => each.goesByPath && goesAround(guard.pattern, each.pattern));
    if (other !== undefined)
      return `\`${guard.pattern?.path}\` is guarded before \`${other.pattern?.path}\`, which takes it in another case`;
  }
  return null;
}

/**
 * What a registration puts on the application, mounted routers taken apart.
 *
 * @param above routers on the way: those of one place in the code are one here, so one may seem to be mounted in itself
 */
function elementsOf(
  conversion: Conversion,
  registration: Registration,
  prefix: string,
  above: readonly RouterValue[] = [],
): Element[] {
  const all = conversion.program.registrations;
  const { method, handlers, paths, on } = registration;
  const routers = handlers.flatMap((argument) => (argument.kind === 'router' ? argument.routers : []));
  if (method !== 'use' || routers.length === 0) {
    const element = {
      guards: method === 'use' && !handlers.every(keepsNothingOut),
      goesByPath: method !== 'use' && handlers.some((each) => goesByPath(conversion, each)),
    };
    return patternsOf(all, registration, prefix).map((pattern) => ({ pattern, ...element }));
  }
  return (paths.length === 0 ? ['/'] : paths.map(({ text }) => text ?? '/')).flatMap((path) => {
    const below = `${prefix.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
    const guards = handlers.some(({ kind }) => kind !== 'router');
    const way = [...above, on];
    const inside = routers
      .filter((router) => !way.includes(router))
      .flatMap((router) => all.filter((each) => each.on === router));
    return [
      { pattern: { path: below, below: true, method: null }, guards, goesByPath: false },
      ...inside.flatMap((inner) => elementsOf(conversion, inner, below, way)),
    ];
  });
}

const PATH = /^(params|path|url|originalUrl|baseUrl)$/;

/** Whether a handler reads what its path took, or may. */
const goesByPath = (conversion: Conversion, argument: HandlerArgument): boolean =>
  functionsIn(argument).some(({ node }) => {
    const unit = conversion.units.get(node);
    return (
      unit === undefined ||
      unit.uses.some(({ node: use, role }) => {
        const member = role === 'req' ? memberAt(unit.work, use) : null;
        return role === 'req' && (member === null || PATH.test(memberName(member) ?? 'path'));
      })
    );
  });

/** Whether some request is in both for Express, and only in the second where its letters have another case. */
function goesAround(guard: Pattern, other: Pattern): boolean {
  if (guard === null || other === null || !overlap(guard, other)) return false;
  const [wanted = [], taken = []] = [guard, other].map(({ path }) => path.split('/').filter(Boolean));
  return wanted.some(
    (segment, index) => /^[^:*<]*[a-z]/i.test(segment) && !/^[^:*]/.test(taken[index] ?? '*'),
  );
}
