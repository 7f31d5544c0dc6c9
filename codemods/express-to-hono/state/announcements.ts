import type { ExpectedDifference } from '../../../src/model/changeset.ts';

import { lengths } from '../../shared/to-hono/lengths.ts';

export { lengths };

/** One thing Express did by itself, and what a client sees of it once it is left out. */
export interface Behaviour {
  /** What Express did. */
  about: string;
  scope?: 'handler';
  differences: readonly ExpectedDifference[];
}

/** In which exchanges an announced difference is seen. */
type When = ExpectedDifference['when'];

export const gone = (
  header: string,
  about: string,
  old?: ExpectedDifference['old'],
  when?: When,
): ExpectedDifference => ({
  ...{ location: `header:${header}`, kind: 'header-missing', new: null, about },
  ...(old !== undefined && { old }),
  ...(when && { when }),
});

/** A tag that Express makes of a body: its length and 27 digits of its hash. */
export const EXPRESS_TAG = { matches: '^(W/)?"[0-9a-f]+-[A-Za-z0-9+/]{27}"$' };
/** The tag that Express makes of no body. */
export const EMPTY_TAG = 'W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"';
export const ANY_TAG = { matches: '^(W/)?"[^"]*"$' };

/** The type of a body that is not there. */
export const TYPE_OF_NOTHING: ExpectedDifference = {
  location: 'header:content-type',
  ...{ kind: 'header-added', when: ['no-content', 'not-modified'] },
  about: 'what a handler answers with 204 or 304 itself',
};

/** A status that is no failure of the server. */
export const ANSWERED = { matches: '^[2-4]\\d\\d$' };

/** A status that refuses nothing: a redirect may be to the page that logs in. */
export const SERVED = { matches: '^(2\\d\\d|304)$' };
/** Of the list of methods that Express answers OPTIONS with. */
export const LISTED = { matches: '^(200|304)$' };
/** What an application may say of an address it does not have: 404, or where else to go. */
export const UNKNOWN_ADDRESS = { matches: '^(30[1-8]|404)$' };
export const ANY_STATUS = { matches: '^[2-5]\\d\\d$' };
/** A status that is a failure, of whatever side. */
export const FAILED = { matches: '^[45]\\d\\d$' };

/** The policy that Express sends with its own pages: `'self'` before 4.17. */
export const EXPRESS_POLICY = { matches: "^default-src '(none|self)'$" };

const anotherAnswer = (where: Partial<ExpectedDifference>): ExpectedDifference[] =>
  ['body*', 'reason', 'header:*', 'cookie:*'].map((location) => ({
    location,
    ...where,
    about: 'another answer',
  }));

/** What differs in an answer that is another one altogether. */
export const OTHER_ANSWER: readonly ExpectedDifference[] = anotherAnswer({ follows: 'status' });

/** Express's page for what no route answers: there is one where a part of the application stays in Express. */
const pageOfExpress = (where: Partial<ExpectedDifference>): ExpectedDifference[] =>
  (
    [
      ['content-security-policy', EXPRESS_POLICY],
      ['x-content-type-options', 'nosniff'],
    ] as const
  ).map(([name, value]) => ({
    ...{ location: `header:${name}`, new: value },
    ...{ ...where, about: 'a page of Express' },
  }));

/** What differs where nobody is asked any more: the status, or it was 404 before, as the handler had it, or 200, as of a later route. */
export const NO_ROUTE: readonly ExpectedDifference[] = (
  [
    { follows: 'status' },
    { when: ['other-case-not-found'] },
    { when: ['other-case-served'] },
  ] satisfies Partial<ExpectedDifference>[]
).flatMap((where) => [...pageOfExpress(where), ...anotherAnswer(where)]);

/** What differs where `//` is the route `/` now, and was answered behind it, as by a folder of files. */
export const ROOT_SLASHES: readonly ExpectedDifference[] = anotherAnswer({ when: ['root-slashes'] });

/** What a route sets that answers in the place of another one, or of nobody. */
export const SET_BY_ANOTHER: ExpectedDifference = {
  location: 'header:*',
  ...{ kind: 'header-added', when: ['root-slashes', 'other-case'] },
  about: 'what the route sets that answers now',
};

/** What Express's own pages begin with, as far as a comparison shows of a text: some eighty characters. */
export const EXPRESS_PAGE = {
  matches: '^<!DOCTYPE html>\\n<html lang="en">\\n<head>\\n<meta charset="utf-8">\\n<title>Er[^\\u0001]*$',
};

/** @param instead the text of the answer now */
const pageOf = (instead: ExpectedDifference['new']): readonly ExpectedDifference[] => [
  {
    location: 'body',
    old: EXPRESS_PAGE,
    new: instead,
    when: ['error'],
    about: 'plain text instead of an HTML page',
  },
  // Said too widely to be accepted on every route: of a page that is not the one above.
  { location: 'body', when: ['error'], about: 'plain text instead of an HTML page' },
  {
    location: 'header:content-security-policy',
    ...{ old: EXPRESS_POLICY, when: ['error'] },
    about: 'no policy of its own, as there is no HTML',
  },
  gone('x-content-type-options', 'not set on plain text', 'nosniff', ['error']),
  {
    location: 'header:content-type',
    ...{ old: 'text/html; charset=utf-8', when: ['error'] },
    about: 'the type of another body',
  },
  ...lengths('the length of another body', ['error']),
];

export const NOT_FOUND_PAGE = pageOf('404 Not Found');
/** Of an error: under whatever status it carries, the words of that status, or its number where it has none. */
export const ERROR_PAGE = pageOf({ matches: "^([A-Z][A-Za-z' -]{1,40}|[45]\\d\\d)$" });
