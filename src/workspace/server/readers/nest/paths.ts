import type { Reading } from '../../reader.ts';
import { type Bootstrap, NEUTRAL, versionsOf } from './bootstrap.ts';
import { argumentsIn, type Decoration } from './decorators.ts';

/**
 * A path of Nest in the notation that Express and Hono share: as of Express 5 where Nest 11 stands on it, with the
 * wildcards of older releases (`*`, `(.*)`) as they are.
 */
export const nestTemplate = (written: string): string =>
  written.replace(/\/?:(\w+)\(\.[*+]\)/g, '/*$1').replace(/\(\.[*+]\)/g, '*');

/** Every path that one decorated method answers. Source: `@nestjs/core` 11, `route-path-factory`. */
export function fullPaths(
  reading: Reading,
  start: Bootstrap,
  modulePath: string,
  controller: Decoration | undefined,
  method: Decoration,
  versions: readonly string[],
  verb: string,
): string[] {
  const below = pathsOf(reading, controller).flatMap((prefix) =>
    pathsOf(reading, method).map((path) => join(modulePath, prefix, path)),
  );
  const versioned =
    start.versionPrefix === null || versions.length === 0
      ? below
      : versions.flatMap((version) =>
          below.map((path) => (version === NEUTRAL ? path : join(`${start.versionPrefix}${version}`, path))),
        );
  return versioned.map((path) =>
    start.prefix === '' || isExcluded(start, path, verb) ? path : join(start.prefix, path),
  );
}

/** Path arguments of a decorator: a text, a list, `{ path }`, or none. */
function pathsOf({ arguments: args }: Reading, decoration: Decoration | undefined): string[] {
  const [first] = decoration === undefined ? [] : argumentsIn(decoration);
  if (first === undefined) return [''];
  const [object] = args.objects(first);
  if (object === undefined) return args.texts(first);
  const path = args.property(object, 'path');
  return path === null ? [''] : args.texts(path);
}

/** The versions of a route: its own, else its controller's, else the application's. */
export function versionsIn(
  reading: Reading,
  own: readonly Decoration[],
  controller: Decoration | undefined,
  start: Bootstrap,
): readonly string[] {
  const said = own.find(({ name }) => name === 'Version');
  const [place] = said === undefined ? [] : argumentsIn(said);
  if (place !== undefined) return versionsOf(reading, place);
  const [options] = controller === undefined ? [] : argumentsIn(controller);
  const [object] = reading.arguments.objects(options);
  const version = reading.arguments.property(object, 'version');
  return version === null ? start.defaultVersions : versionsOf(reading, version);
}

function isExcluded({ excluded }: Bootstrap, path: string, verb: string): boolean {
  return excluded.some((one) => {
    if (one.method !== null && one.method !== verb) return false;
    const wanted = join(one.path);
    const star = wanted.search(/\{?\/?(?:\(\.\*\)|\*)/);
    return star < 0 ? wanted === path : path.startsWith(wanted.slice(0, star));
  });
}

/** Parts joined by one slash each; empty ones leave nothing. */
const join = (...parts: readonly string[]): string =>
  `/${parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .join('/')}`;
