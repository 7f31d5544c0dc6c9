import type { ExpectedDifference } from '../../../src/model/changeset.ts';

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
export const ANY_TAG = { matches: '^(W/)?"[^"]*"$' };

/** A length that is said otherwise, and chunks in its place. */
export const lengths = (about: string, when?: When): ExpectedDifference[] => [
  { location: 'header:content-length', kind: 'header-missing', new: null, about, ...(when && { when }) },
  { location: 'header:content-length', kind: 'header-added', same: 'body-length', about },
  { location: 'header:content-length', kind: 'header-value', same: 'body-length', about },
  { location: 'header:transfer-encoding', kind: 'header-added', new: 'chunked', about: 'sent in chunks' },
  { location: 'header:transfer-encoding', kind: 'header-missing', new: null, about: 'not in chunks' },
];

/** A status that is no failure of the server. */
export const ANSWERED = { matches: '^[2-4]\\d\\d$' };

/** The policy that Express sends with its own pages: `'self'` before 4.17. */
export const EXPRESS_POLICY = { matches: "^default-src '(none|self)'$" };

/** Headers of an answer that is another one altogether. */
export const OTHER_ANSWER: readonly ExpectedDifference[] = [
  { location: 'body*', follows: 'status', about: 'another answer' },
  { location: 'reason', follows: 'status', about: 'another answer' },
  { location: 'header:*', follows: 'status', about: 'another answer' },
  { location: 'cookie:*', follows: 'status', about: 'another answer' },
];

const NO_ROUTE = 'no route answers another case, where the route answers 404 as well';
/** Hono's own 404 in place of one that a route gives: the status, which the rest could follow, is the same. */
export const UNDER_THE_SAME_STATUS: readonly ExpectedDifference[] = [
  { location: 'body', new: '404 Not Found', when: ['other-case'], about: NO_ROUTE },
  {
    location: 'header:content-type',
    new: 'text/plain; charset=UTF-8',
    when: ['other-case'],
    about: NO_ROUTE,
  },
  { location: 'header:*', kind: 'header-missing', new: null, when: ['other-case'], about: NO_ROUTE },
  { location: 'cookie:*', kind: 'cookie-missing', new: null, when: ['other-case'], about: NO_ROUTE },
  ...lengths(NO_ROUTE, ['other-case']),
];

/** What Express's own pages begin with, as far as a comparison shows of a text: some eighty characters. */
const EXPRESS_PAGE = {
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

/** What no route of either side answers is Express's own page where a part of the application stays in Express. */
export const PAGE_OF_EXPRESS: readonly ExpectedDifference[] = [
  {
    ...{ location: 'header:content-security-policy', kind: 'header-added', new: EXPRESS_POLICY },
    ...{ follows: 'status', about: "Express's page for what no route answers" },
  },
  {
    ...{ location: 'header:x-content-type-options', kind: 'header-added', new: 'nosniff' },
    ...{ follows: 'status', about: "Express's page for what no route answers" },
  },
];

export const NOT_FOUND_PAGE = pageOf('404 Not Found');
/** Of an error: under whatever status it carries, the words of that status, or its number where it has none. */
export const ERROR_PAGE = pageOf({ matches: "^([A-Z][A-Za-z' -]{1,40}|[45]\\d\\d)$" });
