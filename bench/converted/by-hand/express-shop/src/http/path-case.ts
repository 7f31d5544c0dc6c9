import { getPathNoStrict } from 'hono/utils/url';

/**
 * Paths in any case reach the routes, as links of old clients have them (`/PRODUCTS/CUP-102`), with or without a slash
 * at the end. Parameters keep their case. Goes when nobody asks in another case: then `strict: false` does.
 *
 * @param routes those of the application, asked for with the first request that has a capital letter
 */
export function anyCase(routes: () => readonly { path: string }[]): (request: Request) => string {
  let known: string[][] | undefined;
  return (request) => {
    const path = getPathNoStrict(request);
    if (!/[A-Z]/.test(path)) return path;
    known ??= [...new Set(routes().map((route) => route.path))]
      .map((route) => route.split('/'))
      .sort((a, b) => written(b) - written(a));
    const segments = path.split('/');
    const route = known.find((each) => isLike(each, segments));
    return route === undefined ? path : segments.map((one, i) => spell(route[i], one)).join('/');
  };
}

const isParameter = (segment: string | undefined): boolean =>
  segment === undefined || segment === '*' || segment.startsWith(':');
const isLike = (route: readonly string[], segments: readonly string[]): boolean =>
  (route.length === segments.length || route.at(-1) === '*') &&
  route.every((one, i) => isParameter(one) || one === segments[i]?.toLowerCase()) &&
  !isParameter(route[1]);
/** How much of a route is written out: `/admin/orders` comes before `/admin/*`. */
const written = (route: readonly string[]): number => route.filter((one) => !isParameter(one)).length;
const spell = (one: string | undefined, segment: string): string =>
  one === undefined || isParameter(one) ? segment : one;
