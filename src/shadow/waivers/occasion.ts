import type { ExchangeRequest } from '../../model/exchange.ts';
import type { Trait } from '../../model/waiver.ts';
import type { View } from '../answer.ts';
import type { Found } from '../compare/found.ts';

/** The exchange in which a difference stands. */
export interface Occasion {
  request: ExchangeRequest;
  old: View | null;
  new: View | null;
  /** Everything that differs in it. */
  all: readonly Found[];
}

/** What of an exchange says of which kinds it is. */
export interface Kind {
  request: ExchangeRequest;
  old: Answered | null;
  new: Answered | null;
}

type Answered = Pick<View, 'headers'> & { response: Pick<View['response'], 'status'> };

/** Whether an exchange on a route is of a kind. */
export const hasTrait = (trait: Trait, route: string, kind: Kind): boolean => IS[trait](kind, route);

/** Kinds of exchanges that the first line of a request tells. */
const OF_THE_LINE: ReadonlySet<Trait> = new Set([
  ...(['options', 'head', 'no-get', 'other-case', 'empty-rest', 'before-optional'] as const),
  ...(['bad-escape', 'dots', 'root-slashes', 'odd-query'] as const),
]);

/** What `METHOD /path` alone tells of a kind of exchange; null where it tells nothing. */
export function lineTells(asked: Trait, route: string, line: string): boolean | null {
  const trait = /^other-case-/.test(asked) ? 'other-case' : asked;
  if (!OF_THE_LINE.has(trait)) return null;
  const at = line.indexOf(' ');
  const request = {
    method: line.slice(0, at),
    origin: '',
    path: line.slice(at + 1),
    headers: [],
    body: null,
  };
  return IS[trait]({ request, old: null, new: null }, route);
}

function isOtherCase({ request }: Kind, route: string): boolean {
  const wanted = templateOf(route).split('/');
  const asked = pathOf(request).split('/');
  return wanted.some(
    (segment, i) =>
      /^[\w.~-]+$/.test(segment) && segment !== asked[i] && segment.toLowerCase() === asked[i]?.toLowerCase(),
  );
}

const IS: Record<Trait, (kind: Kind, route: string) => boolean> = {
  options: ({ request }) => request.method === 'OPTIONS',
  head: ({ request }) => request.method === 'HEAD',
  'no-get': ({ request }) => !/^(GET|HEAD)$/.test(request.method),
  conditional: ({ request }) => has(request, /^if-(none-match|modified-since|match|unmodified-since)$/i),
  'other-case': isOtherCase,
  'other-case-not-found': (kind, route) =>
    isOtherCase(kind, route) && [kind.old, kind.new].every((view) => view?.response.status === 404),
  'other-case-served': (kind, route) =>
    isOtherCase(kind, route) &&
    [kind.old, kind.new].every((view) => /^(2\d\d|304)$/.test(String(view?.response.status))),
  'empty-rest': ({ request }, route) => {
    const [, before] = /^(.*\/)\*\w*$/.exec(templateOf(route)) ?? [];
    return (
      before !== undefined &&
      before.split('/').length === pathOf(request).split('/').length &&
      pathOf(request).endsWith('/')
    );
  },
  'before-optional': ({ request }, route) => {
    const [, before] = /^(.*)\/\{:\w+\}$/.exec(templateOf(route)) ?? [];
    return before?.split('/').length === pathOf(request).split('/').length;
  },
  'bad-escape': ({ request }) => {
    try {
      decodeURIComponent(pathOf(request));
      return false;
    } catch {
      return true;
    }
  },
  dots: ({ request }) => /\/(\.|%2e){1,2}(\/|%2f|$)/i.test(pathOf(request)),
  'root-slashes': ({ request }) => pathOf(request) === '//',
  'odd-query': ({ request }) => {
    const query = new URLSearchParams(request.path.split('?').slice(1).join('?'));
    const keys = [...query.keys()];
    return new Set(keys).size < keys.length || keys.some((key) => /[[\]]/.test(key));
  },
  'odd-body': ({ request }) =>
    (request.body !== null && request.body.length > 0 && /^(GET|HEAD|OPTIONS)$/.test(request.method)) ||
    has(request, /^content-encoding$/i, /\bbr\b/i) ||
    has(request, /^content-type$/i, /charset="?utf-?16/i),
  'odd-cookie': ({ request }) =>
    request.headers.some(([name, value]) => /^cookie$/i.test(name) && value.split(';').some(isOddCookie)),
  'marked-cookie': ({ request }) => has(request, /^cookie$/i, /=\s*"?[js](?::|%3a)/i),
  error: ({ old }) => (old?.response.status ?? 0) >= 400,
  'no-content': ({ old }) => [204, 205].includes(old?.response.status ?? 0),
  'no-store': ({ old }) =>
    (old?.headers.get('cache-control') ?? []).some((value) => /\bno-store\b/i.test(value)),
  'not-modified': ({ old }) => old?.response.status === 304,
  redirect: ({ old }) => {
    const status = old?.response.status ?? 0;
    return status >= 300 && status < 400 && old?.headers.has('location') === true;
  },
};

const has = ({ headers }: ExchangeRequest, name: RegExp, value = /^/): boolean =>
  headers.some((header) => name.test(header[0]) && value.test(header[1]));

const pathOf = ({ path }: ExchangeRequest): string => path.split('?', 1)[0] ?? path;
const templateOf = (route: string): string => route.slice(route.indexOf(' ') + 1);

/** `name=value` in the characters of RFC 6265; a value may stand in quotes. */
const isOddCookie = (pair: string): boolean =>
  pair.trim() !== '' && !/^[^\s=;,"]+=("?)[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*\1$/.test(pair.trim());
