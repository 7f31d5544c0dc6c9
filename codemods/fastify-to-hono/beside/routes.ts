import { at } from '../../../src/model/at.ts';
import type { Passed, ServerRoute } from '../../../src/workspace/server/model.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { isRoutable } from '../read/paths.ts';
import type { Program } from '../read/program.ts';
import type { Unit } from '../state.ts';
import type { Packages } from './packages.ts';

/** A route, the functions that a request for it passes, and why it stays Fastify's; null where it is Hono's. */
export interface Placed {
  route: ServerRoute;
  units: Unit[];
  stays: string | null;
}

/** Which framework answers each route, when some functions are Hono's. */
export function placeRoutes(program: Program, packages: Packages, taken: ReadonlySet<Unit>): Placed[] {
  const errors = [...program.units.values()].filter(({ roles }) => roles.has('error'));
  const lost = errors.find((unit) => !taken.has(unit));
  return program.routes.map((route): Placed => {
    const unitOf = (node: SyntaxNode) => program.units.get(node);
    const handler = route.handler === null ? undefined : unitOf(route.handler.node);
    const passed = route.through.flatMap(({ functions }) =>
      functions.flatMap(({ node }) => unitOf(node) ?? []),
    );
    const units = [...(handler === undefined ? [] : [handler]), ...passed, ...errors];
    const staying = units.find((unit) => !taken.has(unit));
    const stays = !isRoutable(route.written || route.path)
      ? 'Hono’s routers cannot tell apart what its path is for'
      : handler === undefined
        ? 'its handler could not be followed'
        : !taken.has(handler)
          ? `its handler stays: \`${handler.name}\``
          : staying !== undefined && staying !== lost
            ? `it passes \`${staying.name}\` (${at(staying.location)}), which stays`
            : lost !== undefined
              ? `its errors are answered by \`${lost.name}\` (${at(lost.location)}), which stays`
              : throughPackages(route.through, packages);
    return { route, units, stays };
  });
}

/** A plugin of a package that a request passes, and Hono's side has no counterpart of. */
function throughPackages(through: readonly Passed[], { known }: Packages): string | null {
  for (const { packages, isUnknown, functions, file, node } of through) {
    if (isUnknown && packages.length === 0 && functions.length === 0)
      return `it passes a hook that could not be followed (${at(file.locate(node.start))})`;
    for (const { package: name, ...place } of packages) {
      if (known.has(name)) continue;
      const where = at(place.file.locate(place.node.start));
      return `it may pass hooks of \`${name}\` (${where}), for which nothing stands`;
    }
  }
  return null;
}
