import { compile } from '../../src/shadow/traffic/routes.ts';
import type { Answered } from './answers.ts';

/** A reader's routes beside those that the running application holds. */
export interface Compared {
  /** Held by the application, and not read. */
  missed: string[];
  /** Read, and not held. */
  extra: string[];
  same: number;
  /** Of packages' plugins: they are told as such, and not counted. */
  ofPackages: number;
}

/** Marks a route that a package registered. */
const OF_PACKAGE = ' (package)';

/**
 * Compares routes as sets. A HEAD that frameworks add to each GET is none of its own, a slash at the end means nothing,
 * and neither do two on end.
 */
export function compareRoutes(read: readonly string[], held: readonly string[]): Compared {
  const ofPackages = new Set(
    held
      .filter((route) => route.endsWith(OF_PACKAGE))
      .map((route) => normal(route.slice(0, -OF_PACKAGE.length))),
  );
  const wanted = withoutHead(held.filter((route) => !route.endsWith(OF_PACKAGE)).map(normal));
  const got = withoutHead(read.map(normal));
  return {
    missed: [...wanted].filter((route) => !got.has(route)).sort(),
    extra: [...got].filter((route) => !wanted.has(route) && !ofPackages.has(route)).sort(),
    same: [...wanted].filter((route) => got.has(route)).length,
    ofPackages: ofPackages.size,
  };
}

/** Routes beside the requests that a plain server answers: by request, where there is no list to ask for. */
export function compareAnswers(
  read: readonly { method: string; path: string }[],
  asked: readonly Answered[],
): Compared {
  const patterns = read.map(({ method, path }) => ({ method, pattern: compile(path) }));
  const isRead = ({ method, path }: Answered) =>
    patterns.some((one) => (one.method === 'ALL' || one.method === method) && one.pattern?.test(path));
  const shown = (some: readonly Answered[]) => some.map(({ method, path }) => `${method} ${path}`).sort();
  const answered = asked.filter((one) => one.answered);
  return {
    missed: shown(answered.filter((one) => !isRead(one))),
    extra: shown(asked.filter((one) => !one.answered && isRead(one))),
    same: answered.filter(isRead).length,
    ofPackages: 0,
  };
}

function normal(route: string): string {
  const [method = '', ...rest] = route.split(' ');
  const path = rest.join(' ').replace(/\/+/g, '/').replace(/\/$/, '');
  return `${method} ${path.startsWith('/') || path === '' ? path || '/' : `/${path}`}`;
}

function withoutHead(routes: readonly string[]): Set<string> {
  const all = new Set(routes);
  return new Set(routes.filter((route) => !route.startsWith('HEAD ') || !all.has(`GET ${route.slice(5)}`)));
}
