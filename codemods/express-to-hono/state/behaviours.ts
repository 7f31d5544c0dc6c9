import type { ExpectedDifference } from '../../../src/model/changeset.ts';
import {
  ANSWERED,
  ANY_STATUS,
  ANY_TAG,
  type Behaviour,
  EMPTY_TAG,
  ERROR_PAGE,
  EXPRESS_PAGE,
  EXPRESS_TAG,
  FAILED,
  gone,
  LISTED,
  lengths,
  NO_ROUTE,
  NOT_FOUND_PAGE,
  OTHER_ANSWER,
  ROOT_SLASHES,
  SERVED,
  SET_BY_ANOTHER,
  TYPE_OF_NOTHING,
  UNKNOWN_ADDRESS,
} from './announcements.ts';
import { COOKIE_BEHAVIOURS } from './cookie-behaviours.ts';
import { HANDLER_BEHAVIOURS } from './handler-behaviours.ts';

export type { Behaviour } from './announcements.ts';

export type BehaviourName =
  | 'x-powered-by'
  | 'etag'
  | 'etag-text'
  | 'content-length'
  | 'charset'
  | 'not-found-page'
  | 'error-page'
  | 'routing'
  | 'redirect'
  | 'query'
  | 'body'
  | 'cookie'
  | 'marked-cookie'
  | 'file'
  | 'header-order'
  | 'error-type'
  | 'header-lines'
  | 'error-text'
  | 'untyped'
  | 'event-stream'
  | 'compression'
  | 'api-page';

/** Every behaviour that can be left out, by the name it has in `drop-parity --only` and in the rule `parity/<name>`. */
export const BEHAVIOURS: Readonly<Record<BehaviourName, Behaviour>> = {
  'x-powered-by': {
    about: 'Express names itself in X-Powered-By',
    differences: [gone('x-powered-by', 'not sent', 'Express')],
  },
  etag: {
    about: 'every buffered body has an ETag, and 304 answers a client that has it already',
    differences: [
      gone('etag', 'not sent', EXPRESS_TAG),
      {
        location: 'status',
        ...{ kind: 'status', old: '304', new: { matches: '^2[0-9][0-9]$' }, when: ['conditional'] },
        about: 'a conditional GET gets the body',
      },
      {
        location: 'header:etag',
        ...{ kind: 'header-added', new: ANY_TAG },
        about: 'a file has one where the setting said no',
      },
      {
        location: 'reason',
        ...{ old: 'Not Modified', when: ['conditional'] },
        about: 'a conditional GET gets the body',
      },
      ...['body', 'header:content-length', 'header:content-type'].map(
        (location): ExpectedDifference => ({
          location,
          ...(location === 'body' ? { old: 'no body' } : { kind: 'header-added' }),
          ...(location === 'header:content-length' && { same: 'body-length' }),
          ...{ when: ['conditional'], about: 'the body that 304 left out' },
        }),
      ),
    ],
  },
  'etag-text': {
    about: 'what is no answer to a GET, what may not be stored, an error and 204 have an ETag as well',
    differences: [
      gone(
        'etag',
        'not sent with errors, with 204, with `no-store`, and with what is no answer to a GET',
        EXPRESS_TAG,
        ['error', 'no-get', 'no-content', 'no-store', 'not-modified'],
      ),
      gone('etag', 'a body that is not there has no tag', EMPTY_TAG),
      {
        location: 'header:etag',
        ...{ kind: 'header-added', new: ANY_TAG },
        about: 'what is ended or of a file has one as well',
      },
      {
        location: 'status',
        ...{ kind: 'status', old: '304', new: { matches: '^2[0-9][0-9]$' }, when: ['conditional'] },
        about: 'an empty answer, asked with `If-None-Match: *`',
      },
      {
        location: 'header:content-length',
        ...{ kind: 'header-added', new: '0' },
        about: 'an empty answer says its length',
      },
      TYPE_OF_NOTHING,
      ...OTHER_ANSWER,
    ],
  },
  'content-length': {
    about: 'the length of every buffered body is announced, to HEAD as well',
    differences: [
      ...lengths('not sent to HEAD, or `0` not said'),
      ...[
        ['vary', '^Accept-Encoding$'],
        ['content-encoding', '^(gzip|deflate|br)$'],
      ].map(([name, matches = '']) => ({
        ...{ location: `header:${name}`, kind: 'header-added', new: { matches } },
        about: 'what compresses does not know that a body is short',
      })),
    ],
  },
  charset: {
    about: '`; charset=utf-8` stands after every text and JSON type',
    differences: [
      {
        ...{ location: 'header:content-type', kind: 'header-value', same: 'charset' },
        about: 'without the charset, or in upper case',
      },
      TYPE_OF_NOTHING,
    ],
  },
  'not-found-page': {
    about: 'an HTML page for what no route answers, and OPTIONS answered with the methods there are',
    differences: [
      ...NOT_FOUND_PAGE,
      {
        location: 'status',
        ...{ kind: 'status', old: '200', new: '404', when: ['options'] },
        about: 'OPTIONS without a handler',
      },
      {
        location: 'status',
        ...{ kind: 'status', old: '304', new: '404', when: ['options'] },
        about: 'OPTIONS without a handler',
      },
      {
        location: 'reason',
        ...{ new: 'Not Found', when: ['options'] },
        about: 'OPTIONS without a handler',
      },
      gone('allow', 'OPTIONS without a handler', undefined, ['options']),
      ...OTHER_ANSWER,
    ],
  },
  'error-page': {
    about: 'an HTML page with the stack, under the status an error carries',
    differences: [
      ...ERROR_PAGE,
      {
        location: 'status',
        ...{ kind: 'status', old: FAILED, new: '500' },
        about: 'the status an error carries is not looked at',
      },
      {
        location: 'reason',
        ...{ new: 'Internal Server Error', when: ['error'] },
        about: 'the status an error carries is not looked at',
      },
    ],
  },
  'error-text': {
    about: 'an error that no handler answers has an HTML page, with its stack',
    differences: ERROR_PAGE,
  },
  routing: {
    about: 'paths match in any case, a bad %-escape is 400, OPTIONS lists the methods',
    differences: [
      {
        location: 'status',
        ...{ kind: 'status', old: ANY_STATUS, new: '404', when: ['other-case', 'empty-rest'] },
        about: 'another case, nothing in the place of a wildcard',
      },
      // Express lists methods under 200: an answer to a preflight request that is lost is none of these.
      {
        location: 'status',
        ...{ kind: 'status', old: LISTED, new: UNKNOWN_ADDRESS, when: ['options'] },
        about: 'OPTIONS is what an address of no route gets',
      },
      {
        location: 'status',
        // Who was refused is not let in: that is no matter of letters.
        ...{ kind: 'status', old: SERVED, new: ANSWERED, when: ['other-case'] },
        about: 'another case: a later route answers, as one for every path',
      },
      {
        location: 'status',
        ...{ kind: 'status', old: '404', new: ANSWERED, when: ['before-optional'] },
        about: 'no slash before an optional part',
      },
      {
        location: 'status',
        // 400 is what Express says, and an error handler of the application may say anything else.
        // What the handler makes of the text as it is written may be a failure, too.
        ...{ kind: 'status', old: FAILED, new: ANY_STATUS, when: ['bad-escape'] },
        about: 'a parameter that is no valid %-escape',
      },
      {
        // The handler may refuse it under the same status.
        ...{ location: 'body', old: EXPRESS_PAGE, when: ['bad-escape'] },
        about: 'what is said of a parameter that is no valid %-escape',
      },
      {
        ...{ location: 'status', kind: 'status', old: '301', new: '200', when: ['dots'] },
        about: 'dots between slashes (`%2e%2e`) are resolved before files are looked for',
      },
      {
        ...{ location: 'status', kind: 'status', old: '404', new: ANSWERED, when: ['dots'] },
        about: 'a path with `.` or `..` is the one it means',
      },
      {
        ...{
          location: 'status',
          kind: 'status',
          old: UNKNOWN_ADDRESS,
          new: ANSWERED,
          when: ['root-slashes'],
        },
        about: '`//` is the route `/`',
      },
      {
        location: 'status',
        ...{ kind: 'status', old: SERVED, new: ANSWERED, when: ['root-slashes'] },
        about: '`//` is the route `/`, not what answered behind it',
      },
      { location: 'body', kind: 'json-bytes', about: 'parameters in another order' },
      ...NO_ROUTE,
      ...ROOT_SLASHES,
      SET_BY_ANOTHER,
    ],
  },
  body: {
    about: 'a GET may have a body too, and a body may be compressed with Brotli or written in UTF-16',
    differences: [
      {
        location: 'status',
        ...{ kind: 'status', when: ['odd-body'] },
        about: 'the body of a GET, or one in Brotli or UTF-16',
      },
      ...OTHER_ANSWER,
    ],
  },
  ...COOKIE_BEHAVIOURS,
  'error-type': {
    about: 'an error handler answers under the Content-Type that was set before the error',
    differences: [
      {
        location: 'header:content-type',
        ...{ new: 'application/json', when: ['error'] },
        about: 'JSON says that it is JSON',
      },
    ],
  },
  compression: {
    about: 'an answer is compressed with Brotli too, if its type is one of a list and it is long enough',
    differences: [
      {
        location: 'header:content-encoding',
        ...{ kind: 'header-added', new: { matches: '^(gzip|deflate)$' } },
        about: 'gzip or deflate, also of what is short',
      },
      {
        location: 'header:content-encoding',
        ...{ kind: 'header-value', old: 'br', new: { matches: '^(gzip|deflate)$' } },
        about: 'no Brotli',
      },
      gone('content-encoding', 'sent as it is', { matches: '^(gzip|deflate|br)$' }),
      {
        location: 'header:vary',
        ...{ kind: 'header-added', new: 'Accept-Encoding' },
        about: 'named where something may be compressed',
      },
      gone('vary', 'named where something may be compressed', 'Accept-Encoding'),
      ...lengths('what is compressed has none'),
      {
        location: 'header:etag',
        ...{ kind: 'header-value', old: ANY_TAG, new: ANY_TAG },
        about: 'weak where it was strong',
      },
    ],
  },
  ...HANDLER_BEHAVIOURS,
};
