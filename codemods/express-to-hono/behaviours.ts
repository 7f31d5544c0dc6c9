import type { ExpectedDifference } from '../../src/model/changeset.ts';

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
  | 'file'
  | 'error-type'
  | 'header-lines'
  | 'error-text'
  | 'untyped'
  | 'event-stream';

/** One thing Express did by itself, and what a client sees of it once it is left out. */
export interface Behaviour {
  /** What Express did. */
  about: string;
  scope?: 'handler';
  differences: readonly ExpectedDifference[];
}

const gone = (header: string, about: string): ExpectedDifference => ({
  ...{ location: `header:${header}`, kind: 'header-missing', about },
});

const LENGTH: readonly ExpectedDifference[] = [
  { location: 'header:content-length', about: 'the length of another body' },
  { location: 'header:content-type', old: 'text/html; charset=utf-8', about: 'the type of another body' },
  { location: 'header:transfer-encoding', about: 'sent in chunks' },
];

/** Headers of an answer that is another one altogether. */
const OTHER_ANSWER: readonly ExpectedDifference[] = [
  { location: 'body*', follows: 'status', about: 'another answer' },
  { location: 'reason', follows: 'status', about: 'another answer' },
  { location: 'header:*', follows: 'status', about: 'another answer' },
  { location: 'cookie:*', follows: 'status', about: 'another answer' },
];

const PAGE: readonly ExpectedDifference[] = [
  { location: 'body', about: 'plain text instead of an HTML page' },
  {
    location: 'header:content-security-policy',
    old: "default-src 'none'",
    about: 'no policy of its own, as there is no HTML',
  },
  gone('x-content-type-options', 'not set on plain text'),
  ...LENGTH,
];

/** Every behaviour that can be left out, by the name it has in `drop-parity --only` and in the rule `parity/<name>`. */
export const BEHAVIOURS: Readonly<Record<BehaviourName, Behaviour>> = {
  'x-powered-by': {
    about: 'Express names itself in X-Powered-By',
    differences: [gone('x-powered-by', 'not sent')],
  },
  etag: {
    about: 'every buffered body has an ETag, and 304 answers a client that has it already',
    differences: [
      gone('etag', 'not sent'),
      { location: 'status', kind: 'status', old: '304', about: 'a conditional GET gets the body' },
      { location: 'header:etag', kind: 'header-added', about: 'a file has one where the setting said no' },
      { location: 'reason', old: 'Not Modified', about: 'a conditional GET gets the body' },
      { location: 'body', old: 'no body', about: 'the body that 304 left out' },
      { location: 'header:content-length', kind: 'header-added', about: 'the body that 304 left out' },
      { location: 'header:content-type', kind: 'header-added', about: 'the body that 304 left out' },
    ],
  },
  'etag-text': {
    about: 'what is no answer to a GET, and an error, has an ETag as well',
    differences: [
      gone('etag', 'not sent with errors, and with what is no answer to a GET'),
      { location: 'header:etag', kind: 'header-value', about: 'the tag of another body' },
      { location: 'header:etag', kind: 'header-added', about: 'what is ended or of a file has one as well' },
      // A body that is not there has no tag; Express asks `If-None-Match: *` of it as well.
      {
        location: 'status',
        kind: 'status',
        old: '304',
        about: 'an empty answer, asked with `If-None-Match: *`',
      },
      { location: 'reason', old: 'Not Modified', about: 'an empty answer, asked with `If-None-Match: *`' },
      { location: 'header:content-length', kind: 'header-added', about: 'an empty answer says its length' },
      {
        location: 'header:content-type',
        kind: 'header-added',
        about: 'what a handler answers with 304 itself',
      },
    ],
  },
  'content-length': {
    about: 'the length of every buffered body is announced, to HEAD as well',
    differences: [
      { location: 'header:content-length', about: 'not sent to HEAD, or `0` not said' },
      { location: 'header:transfer-encoding', about: 'sent in chunks' },
      ...['vary', 'content-encoding'].map((name) => ({
        ...{ location: `header:${name}`, kind: 'header-added' },
        about: 'what compresses does not know that a body is short',
      })),
    ],
  },
  charset: {
    about: '`; charset=utf-8` stands after every text and JSON type',
    differences: [
      {
        ...{ location: 'header:content-type', kind: 'header-value' },
        about: 'without the charset, or in upper case',
      },
    ],
  },
  'not-found-page': {
    about: 'an HTML page for what no route answers, and OPTIONS answered with the methods there are',
    differences: [
      ...PAGE,
      { location: 'status', kind: 'status', old: '200', new: '404', about: 'OPTIONS without a handler' },
      { location: 'status', kind: 'status', old: '304', new: '404', about: 'OPTIONS without a handler' },
      { location: 'reason', new: 'Not Found', about: 'OPTIONS without a handler' },
      gone('allow', 'OPTIONS without a handler'),
    ],
  },
  'error-page': {
    about: 'an HTML page with the stack, under the status an error carries',
    differences: [
      ...PAGE,
      {
        location: 'status',
        kind: 'status',
        new: '500',
        about: 'the status an error carries is not looked at',
      },
      {
        location: 'reason',
        new: 'Internal Server Error',
        about: 'the status an error carries is not looked at',
      },
    ],
  },
  'error-text': {
    about: 'an error that no handler answers has an HTML page, with its stack',
    differences: PAGE,
  },
  routing: {
    about: 'paths match in any case, a bad %-escape is 400, OPTIONS lists the methods',
    differences: [
      { location: 'status', kind: 'status', new: '404', about: 'another case, OPTIONS' },
      { location: 'status', kind: 'status', old: '400', about: 'a parameter that is no valid %-escape' },
      {
        ...{ location: 'status', kind: 'status', old: '301', new: '200' },
        about: 'dots between slashes (`%2e%2e`) are resolved before files are looked for',
      },
      {
        ...{ location: 'status', kind: 'status', old: '404' },
        about: 'a path with `.` or `..` is the one it means',
      },
      { location: 'body*', kind: 'json-reorder', about: 'parameters in another order' },
      ...OTHER_ANSWER,
    ],
  },
  redirect: {
    scope: 'handler',
    about: 'a redirect has a short body in the form the client prefers, and Vary: Accept',
    differences: [
      gone('vary', 'the body does not depend on Accept'),
      { location: 'body', new: 'no body', about: 'no body' },
      gone('content-type', 'no body'),
      gone('content-length', 'no body'),
      { location: 'header:transfer-encoding', kind: 'header-added', about: 'no length is announced' },
      { location: 'header:location', about: 'characters outside ASCII are encoded differently' },
    ],
  },
  query: {
    scope: 'handler',
    about: 'a key that is repeated or nested (`a[b]=1`) is a list or an object',
    differences: [
      { location: 'status', kind: 'status', about: 'a repeated or nested key: the first value is read' },
      { location: 'body*', about: 'a repeated or nested key: the first value is read' },
      ...OTHER_ANSWER,
    ],
  },
  body: {
    about: 'a GET may have a body too, and a body may be compressed with Brotli or written in UTF-16',
    differences: [
      { location: 'status', kind: 'status', about: 'the body of a GET, or one in Brotli or UTF-16' },
      ...OTHER_ANSWER,
    ],
  },
  cookie: {
    about: 'a cookie without a name, or with a character that RFC 6265 does not allow in its value, is read',
    differences: [
      { location: 'status', kind: 'status', about: 'a cookie that a browser would not send' },
      { location: 'body*', about: 'a cookie that a browser would not send' },
      ...OTHER_ANSWER,
    ],
  },
  file: {
    scope: 'handler',
    about:
      'the type of a file is looked up in a list of Express 4, If-Match is looked at, a folder has a page',
    differences: [
      { location: 'header:content-type', about: 'the type that is registered for it today' },
      { location: 'header:content-disposition', about: 'a name outside ASCII as RFC 5987 writes it' },
      { location: 'status', kind: 'status', old: '412', about: 'If-Match and If-Unmodified-Since' },
      {
        location: 'header:content-range',
        kind: 'header-added',
        about: 'how long a file is, at a range it has not',
      },
      { location: 'body', new: 'no body', about: 'the page that redirects to a folder' },
      { location: 'header:content-security-policy', old: "default-src 'none'", about: 'no page, no policy' },
      gone('x-content-type-options', 'not set on what is no page'),
      ...OTHER_ANSWER,
    ],
  },
  untyped: {
    scope: 'handler',
    about: 'what is piped or ended without a Content-Type is sent without one',
    differences: [
      { location: 'header:content-type', kind: 'header-added', about: 'the server calls it text' },
      { location: 'header:content-length', about: 'sent in chunks, or not' },
      { location: 'header:transfer-encoding', about: 'sent in chunks, or not' },
    ],
  },
  'event-stream': {
    scope: 'handler',
    about:
      'a stream of events that fails breaks the connection off; its client connects again in either case',
    differences: [
      { location: 'reason', old: 'OK, aborted', about: 'it ends as if it were whole' },
      { location: 'body*', kind: 'truncated', about: 'it ends as if it were whole' },
    ],
  },
  'header-lines': {
    scope: 'handler',
    about: 'each value of a header that is appended has a line of its own, and Vary names a field once',
    differences: [],
  },
  'error-type': {
    about: 'an error handler answers under the Content-Type that was set before the error',
    differences: [
      { location: 'header:content-type', new: 'application/json', about: 'JSON says that it is JSON' },
    ],
  },
};
