/**
 * A prefix and a path behind it.
 *
 * @param isOne whether `/` below a prefix is the prefix alone; else it is both, with the slash and without
 */
export function joined(prefix: string, path: string, isOne: boolean): string[] {
  if (path === '/' && prefix !== '') return isOne || prefix.endsWith('/') ? [prefix] : [prefix, `${prefix}/`];
  if (prefix.endsWith('/') && path.startsWith('/')) return [prefix + path.slice(1)];
  if (path !== '' && !path.startsWith('/') && prefix !== '' && !prefix.endsWith('/') && isOne)
    return [`${prefix}/${path}`];
  return [prefix + path];
}

/**
 * A route's path in Hono's notation: `:id(^\\d+$)` is `:id{\\d+}`, `*` is a parameter that takes the rest, and a
 * parameter may be empty. A `?` at the end gives two paths.
 *
 * @throws Error for what Hono's routers cannot tell apart: two parameters, or a parameter and text, between slashes
 */
export function honoPath(url: string, ignoresSlash: boolean): string[] {
  if (url === '*' || url === '/*') return ['/:_{.*}'];
  const path = url.startsWith('/') ? url : `/${url}`;
  if (path.endsWith('?')) {
    const whole = path.slice(0, -1);
    return [
      ...honoPath(whole.replace(/\/[^/]*$/, '') || '/', ignoresSlash),
      ...honoPath(whole, ignoresSlash),
    ];
  }
  const written = path
    .split('/')
    .map((segment) => segmentOf(segment, url))
    .join('/');
  // The slash at the end of a request's path is gone then.
  return [ignoresSlash && written !== '/' && written.endsWith('/') ? written.slice(0, -1) : written];
}

function segmentOf(segment: string, url: string): string {
  if (segment.endsWith('*')) return `:_{${segment.slice(0, -1).replace(/[.+?^${}()|[\]\\]/g, '\\$&')}.*}`;
  if (!segment.includes(':')) return segment;
  const [, name, pattern] = /^:(\w+)(?:\((.*)\))?$/.exec(segment) ?? [];
  if (name === undefined) throw new Error(`${url} has a part that Hono's routers do not know: ${segment}`);
  return `:${name}{${pattern === undefined ? '[^/]*' : pattern.replace(/^\^/, '').replace(/\$$/, '')}}`;
}

/** The same for a path that Hono's routers cannot tell apart: what it may take, and more. */
export const coverPath = (url: string): string[] => [
  url
    .split('/')
    .map((segment, index) =>
      segment.includes('*') ? ':_{.*}' : /[:(]/.test(segment) ? `:_${index}{[^/]*}` : segment,
    )
    .join('/')
    .replace(/(:_\{\.\*\}).*$/, '$1') || '/',
];

/** The parameters of a path at or below a prefix, the rest of it among them; null for one that is elsewhere. */
export function below(prefix: string, path: string): Record<string, string> | null {
  const wanted = prefix.split('/');
  const given = path.split('/');
  const found: Record<string, string> = {};
  for (const [at, segment] of wanted.entries()) {
    const part = given[at];
    if (part === undefined) return null;
    const name = /^:(\w+)/.exec(segment)?.[1];
    if (name === undefined && part !== segment) return null;
    if (name !== undefined) found[name] = decoded(part);
  }
  const isWhole = given.length === wanted.length || (prefix === '' && path === '/');
  return isWhole ? found : { ...found, '*': decoded(given.slice(wanted.length).join('/')) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Text before patterns, patterns before parameters, parameters before the rest: the order in which routes are asked. */
export function byRank(one: string, other: string): number {
  const [left, right] = [one, other].map((url) => url.split('/').map(rank));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at++) {
    const difference = (left?.[at] ?? 4) - (right?.[at] ?? 4);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rank(segment: string): number {
  if (segment.endsWith('*')) return 3;
  if (!segment.startsWith(':')) return 0;
  return segment.includes('(') ? 1 : 2;
}
