import type { ExpectedDifference, LeftOut } from '../../../src/model/changeset.ts';
import { lengths } from '../../shared/to-hono/lengths.ts';
import { type Conversion, ID } from './conversion.ts';

interface Behaviour {
  about: string;
  scope: 'application' | 'handler';
  differences: readonly ExpectedDifference[];
}

const header = (name: string, about: string, more: Partial<ExpectedDifference> = {}): ExpectedDifference => ({
  location: `header:${name}`,
  about,
  ...more,
});

/** All but the status of an answer that is another one. */
const anotherAnswer = (
  when: 'other-case-not-found' | 'root-slashes',
  about: string,
): readonly ExpectedDifference[] => [
  { location: 'body*', when: [when], about },
  header('*', about, { when: [when] }),
  { location: 'cookie:*', when: [when], about },
];

/** What the output leaves out of what Koa does, and clients can see. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  charset: {
    about: 'Hono writes the charset of texts in capitals and of JSON not at all.',
    scope: 'application',
    differences: [
      header('content-type', 'the charset is spelled otherwise or left out', {
        ...{ kind: 'header-value', same: 'charset' },
      }),
    ],
  },
  'empty-type': {
    about: 'Bun sends no type with an answer that has no body, as one to HEAD.',
    scope: 'application',
    differences: [
      header('content-type', 'there is no body', {
        kind: 'header-missing',
        old: 'text/plain; charset=utf-8',
      }),
    ],
  },
  'head-type': {
    about: 'Koa says no type where it answers HEAD without a body.',
    scope: 'application',
    differences: [
      header('content-type', 'an answer to HEAD that has no body', { kind: 'header-added', when: ['head'] }),
    ],
  },
  'content-length': {
    about: 'Hono leaves the length of bodies to the server, which may send chunks; HEAD tells none.',
    scope: 'application',
    differences: lengths('the length is not announced'),
  },
  'path-case': {
    about: 'Paths of Koa’s router match in any case, those of Hono as they are written.',
    scope: 'application',
    differences: [
      {
        location: 'status',
        ...{ kind: 'status', old: { matches: '^[1-5][0-9][0-9]$' }, new: '404', when: ['other-case'] },
        about: 'another case is another path',
      },
      { location: 'body*', follows: 'status', about: 'the page of a path that is not there' },
      header('*', 'the headers of a path that is not there', { follows: 'status' }),
      { location: 'cookie:*', follows: 'status', about: 'the cookies of a path that is not there' },
      ...anotherAnswer('other-case-not-found', 'a handler said that there is nothing, and is not asked now'),
    ],
  },
  'root-slashes': {
    about: '`//` is the route `/`, which it is not to every release of Koa’s router.',
    scope: 'application',
    differences: [
      {
        location: 'status',
        ...{ kind: 'status', old: '404', new: { matches: '^[2-4][0-9][0-9]$' }, when: ['root-slashes'] },
        about: '`//` is the route `/`',
      },
      ...anotherAnswer('root-slashes', '`//` is the route `/`'),
    ],
  },
  'query-lists': {
    about: 'A query parameter that is sent several times is its first value, where Koa gives a list.',
    scope: 'handler',
    differences: [],
  },
  'empty-origin': {
    about: 'Workers send no header without a text: no empty origin where a request names none.',
    scope: 'application',
    differences: [
      header('access-control-allow-origin', 'no page of another origin asks', {
        kind: 'header-missing',
        old: '',
      }),
    ],
  },
  'empty-allow-headers': {
    about: 'A preflight that asks for no headers is not told an empty list of them.',
    scope: 'application',
    differences: [
      header('access-control-allow-headers', 'none was asked for', { kind: 'header-missing', old: '' }),
    ],
  },
  'vary-on-error': {
    about: 'Answers to errors say that they vary with the origin.',
    scope: 'application',
    differences: [header('vary', 'it varies with the origin', { kind: 'header-added', when: ['error'] })],
  },
  'error-page': {
    about:
      'The page of an error is a shorter one than that of `koa-onerror`; status, texts and JSON are the same.',
    scope: 'application',
    differences: [
      {
        location: 'body',
        old: {
          matches:
            '^<!DOCTYPE html>\\n<html>\\n  <head>\\n    <title>Error - [1-5][0-9][0-9]</title>[\\s\\S]*$',
        },
        new: { matches: '^<!doctype html>\\n<title>[1-5][0-9][0-9] [^<]*</title>[\\s\\S]*$' },
        when: ['error'],
        about: 'the page of an error',
      },
    ],
  },
  'file-type': {
    about: 'Scripts are `text/javascript`, which Koa 2 calls by an older name.',
    scope: 'application',
    differences: [
      header('content-type', 'another name of the same type', { kind: 'header-value', same: 'file-type' }),
    ],
  },
  'log-format': {
    about: '`logger` of Hono prints no length of answers.',
    scope: 'application',
    differences: [],
  },
  'log-context': {
    about: 'What is printed of a context is Hono’s.',
    scope: 'handler',
    differences: [],
  },
  'redirect-body': {
    about: 'Redirects have no body.',
    scope: 'handler',
    differences: [
      { location: 'body', new: 'no body', when: ['redirect'], about: 'the text of a redirect' },
      header('content-type', 'the text of a redirect', { kind: 'header-missing', when: ['redirect'] }),
      header('content-length', 'the text of a redirect', {
        kind: 'header-value',
        new: '0',
        when: ['redirect'],
      }),
    ],
  },
};

/** What was left out, for the change set. */
export const leftOutOf = ({ leftOut }: Conversion): LeftOut[] =>
  [...leftOut].map(([behaviour, places]) => {
    const { about, scope, differences } = BEHAVIOURS[behaviour] as Behaviour;
    return {
      behaviour,
      codemod: ID,
      rule: `parity/${behaviour}`,
      about,
      scope,
      places,
      differences: [...differences],
    };
  });
