import type { CodemodInput } from '../../../src/codemod/contract.ts';
import { at } from '../../../src/model/at.ts';
import { MigrateError } from '../../../src/model/errors.ts';
import { ExitCode } from '../../../src/model/exit.ts';
import type { ExpressProgram, ExpressRoute } from '../../../src/workspace/express/program.ts';

/** Why a route stays that could go: nobody chose it. */
export const NOT_ASKED = 'not asked for';

/** Which routes are asked for: those that stand in some files, those that some patterns name, those asked for earlier. */
export interface Selection {
  files: ReadonlySet<string> | null;
  only: readonly string[];
  earlier: ReadonlySet<string>;
}

/** Routes shown of those there are. */
const FEW = 6;

/** What the user asked for; null for everything. */
export function selectionOf({ chosen, options, earlier }: CodemodInput): Selection | null {
  const only = Array.isArray(options.only) ? options.only.map(String) : [];
  if (chosen === undefined && only.length === 0) return null;
  return { files: chosen === undefined ? null : new Set(chosen), only, earlier: new Set(earlier?.asked) };
}

/** `GET /notes/:id` */
export const routeName = ({ method, path }: Pick<ExpressRoute, 'method' | 'path'>): string =>
  `${method} ${path}`;

/** The routes of a program that are asked for. */
export const askedOf = ({ routes }: ExpressProgram, selection: Selection): ExpressRoute[] =>
  routes.filter((route) => selection.earlier.has(routeName(route)) || isChosen(route, selection));

const isChosen = (route: ExpressRoute, { files, only }: Selection): boolean =>
  (files === null || files.has(route.registration.file)) &&
  (only.length === 0 || only.some((pattern) => matches(pattern, route)));

/** Places of the registrations of which all routes were taken earlier. */
export function placesTaken({ routes }: ExpressProgram, taken: readonly string[]): Set<string> {
  const names = new Set(taken);
  const others = new Set(
    routes.filter((each) => !names.has(routeName(each))).map((each) => at(each.registration)),
  );
  return new Set(routes.map((each) => at(each.registration)).filter((place) => !others.has(place)));
}

/**
 * Checks that a selection means something.
 *
 * @throws MigrateError `NO_SUCH_ROUTE` (exit 2), naming the routes there are
 */
export function checkSelection(program: ExpressProgram, selection: Selection): void {
  const { routes } = program;
  const unknown = selection.only.find((pattern) => !routes.some((route) => matches(pattern, route)));
  if (unknown === undefined && routes.some((route) => isChosen(route, selection))) return;
  const asked =
    unknown !== undefined
      ? `matches --only "${unknown}"`
      : `stands in the files given${selection.only.length > 0 ? ' and matches --only' : ''}`;
  const rest = routes.length > FEW ? ` and ${routes.length - FEW} more` : '';
  const there = routes.slice(0, FEW).map((route) => `${routeName(route)} (${route.registration.file})`);
  throw new MigrateError('NO_SUCH_ROUTE', `No route ${asked}.`, {
    hint:
      routes.length === 0 ? 'There is no route of Express here.' : `There are: ${there.join(', ')}${rest}.`,
    exitCode: ExitCode.usage,
  });
}

/** Why each registration that is not asked for, or not with all of its routes, stays: by its place. */
export function unaskedOf(
  program: ExpressProgram,
  asked: readonly ExpressRoute[],
): ReadonlyMap<string, string> {
  const wanted = new Set(asked);
  const reasons = new Map<string, string>();
  for (const route of program.routes.filter((each) => !wanted.has(each))) {
    const place = at(route.registration);
    const isShared = asked.some(({ registration }) => at(registration) === place);
    reasons.set(
      place,
      isShared ? `it also answers \`${routeName(route)}\`, which is not asked for` : NOT_ASKED,
    );
  }
  return reasons;
}

/**
 * Whether a pattern names a route: `GET /notes/:id`, or without the method; `*` is one segment, at the end any number of
 * them, also none. The names of parameters do not matter.
 */
export function matches(pattern: string, { method, path }: Pick<ExpressRoute, 'method' | 'path'>): boolean {
  const [, verb, template] = /^(?:([A-Za-z-]+)\s+)?(\S.*)$/.exec(pattern.trim()) ?? [];
  if (template === undefined || (verb !== undefined && verb.toUpperCase() !== method)) return false;
  const [wanted, own] = [segmentsOf(template), segmentsOf(path)];
  const isOpen = wanted.at(-1) === '*' || wanted.at(-1) === '**';
  const fixed = isOpen ? wanted.slice(0, -1) : wanted;
  if (isOpen ? own.length < fixed.length : own.length !== fixed.length) return false;
  return fixed.every((segment, index) => segment === '*' || segment === own[index]);
}

const segmentsOf = (path: string): string[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((segment) => segment.replace(/^:\w+$/, ':'));
