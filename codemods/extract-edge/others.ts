import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import { MigrateError } from '../../src/model/errors.ts';
import { ExitCode } from '../../src/model/exit.ts';
import type { ServerRoute } from '../../src/workspace/server/model.ts';
import { readServers } from '../../src/workspace/server/read.ts';
import { READERS } from '../../src/workspace/server/readers/index.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import { matches, routeName } from '../express-to-hono/worlds/selection.ts';

/** Routes of other frameworks than Express: the layer hands them on, and none of them is rewritten. */
export const otherRoutes = (modules: Modules): readonly ServerRoute[] => readServers(modules).routes;

const reasonOf = ({ framework }: ServerRoute): string => {
  const title = READERS.find((reader) => reader.framework === framework)?.title ?? framework;
  return `it is written for ${title}, and only handlers of Express are rewritten for the edge`;
};

/** The routes that stay, for the list of what could live at the edge. */
export const keptOthers = (routes: readonly ServerRoute[]): Outcome[] =>
  routes.map((route) => ({
    ...route.location,
    ...{ name: routeName(route), outcome: 'kept', reason: reasonOf(route) },
  }));

/** What is said where nothing that was asked for is there, and no route of Express is. */
export function noSuchRoute(routes: readonly ServerRoute[], patterns: readonly string[]): MigrateError {
  const there = routes.slice(0, 6).map((route) => `${routeName(route)} (${route.location.file})`);
  const rest = routes.length > there.length ? ` and ${routes.length - there.length} more` : '';
  return new MigrateError('NO_SUCH_ROUTE', `No route matches --routes "${patterns.join('", "')}".`, {
    hint: there.length === 0 ? 'No route was found here.' : `There are: ${there.join(', ')}${rest}.`,
    exitCode: ExitCode.usage,
  });
}

/** Those that were asked for all the same, each with its reason. */
export function refusedOthers(
  codemod: string,
  routes: readonly ServerRoute[],
  patterns: readonly string[],
): { outcomes: Outcome[]; leftForYou: LeftForYou[] } {
  const asked = routes.filter((route) => patterns.some((pattern) => matches(pattern, route)));
  return {
    outcomes: asked.map((route) => ({
      ...route.location,
      ...{ name: routeName(route), outcome: 'refused', reason: reasonOf(route) },
    })),
    leftForYou: asked.map((route) => ({
      ...route.location,
      ...{ codemod, rule: 'route', blocks: true },
      reason: `${routeName(route)} stays at the origin: ${reasonOf(route)}`,
    })),
  };
}
