import { type Behaviour, EXPRESS_POLICY, gone, lengths, OTHER_ANSWER } from './announcements.ts';

/** Behaviours of single handlers: what is left out of one shows on the routes it answers, and on no other. */
export const HANDLER_BEHAVIOURS = {
  redirect: {
    scope: 'handler',
    about: 'a redirect has a short body in the form the client prefers, and Vary: Accept',
    differences: [
      gone('vary', 'the body does not depend on Accept', 'Accept', ['redirect']),
      {
        location: 'header:vary',
        ...{ kind: 'header-value', same: 'less-accept', when: ['redirect'] },
        about: 'the body does not depend on Accept; other fields of Vary stay',
      },
      { location: 'body', new: 'no body', when: ['redirect'], about: 'no body' },
      gone('content-type', 'no body', undefined, ['redirect']),
      gone('content-length', 'no body', undefined, ['redirect']),
      {
        location: 'header:content-type',
        ...{ old: { matches: '^text/(plain|html); charset=utf-8$' }, when: ['redirect'] },
        about: 'the type that the handler set, of a body that is not there',
      },
      {
        location: 'header:transfer-encoding',
        ...{ kind: 'header-added', new: 'chunked' },
        about: 'no length is announced',
      },
      {
        location: 'header:location',
        same: 'address',
        about: 'characters outside ASCII, and a % that begins no escape, are not encoded, or differently',
      },
    ],
  },
  'header-order': {
    scope: 'handler',
    about: '`req.headers` as a whole has its fields in the order in which they were sent',
    differences: [
      {
        location: 'body',
        kind: 'json-bytes',
        about: 'the fields of the request are in order of their names',
      },
    ],
  },
  query: {
    scope: 'handler',
    about: 'a key that is repeated or nested (`a[b]=1`) is a list or an object',
    differences: [
      {
        location: 'status',
        ...{ kind: 'status', when: ['odd-query'] },
        about: 'a repeated or nested key: the first value is read',
      },
      { location: 'body*', when: ['odd-query'], about: 'a repeated or nested key: the first value is read' },
      ...OTHER_ANSWER,
    ],
  },
  file: {
    scope: 'handler',
    about:
      'the type of a file is looked up in a list of Express 4, If-Match is looked at, a folder has a page',
    differences: [
      {
        location: 'header:content-type',
        same: 'file-type',
        about: 'the type that is registered for it today',
      },
      {
        location: 'header:content-disposition',
        same: 'file-name',
        about: 'a name outside ASCII as RFC 5987 writes it',
      },
      {
        location: 'status',
        ...{ kind: 'status', old: '412', new: { matches: '^(200|206|304)$' }, when: ['conditional'] },
        about: 'If-Match and If-Unmodified-Since',
      },
      {
        location: 'header:content-range',
        ...{ kind: 'header-added', new: { matches: '^bytes \\*/\\d+$' } },
        about: 'how long a file is, at a range it has not',
      },
      {
        location: 'body',
        ...{ new: 'no body', when: ['redirect'] },
        about: 'the page that redirects to a folder',
      },
      {
        location: 'header:content-security-policy',
        ...{ old: EXPRESS_POLICY, when: ['redirect'] },
        about: 'no page, no policy',
      },
      gone('x-content-type-options', 'not set on what is no page', 'nosniff', ['redirect', 'error']),
      gone('content-type', 'no page', undefined, ['redirect']),
      ...OTHER_ANSWER,
    ],
  },
  'api-page': {
    scope: 'handler',
    about: 'the page of Swagger UI and the script that starts it have the text of `swagger-ui-express`',
    differences: [
      {
        location: 'body',
        old: { matches: '^\\s*(<!-- HTML for static|window\\.onload)[^\\u0001]*$' },
        new: { matches: '^(<!doctype html>|const given = )[^\\u0001]*$' },
        about: 'another text, which shows the same with the same files',
      },
      ...lengths('of another text'),
    ],
  },
  untyped: {
    scope: 'handler',
    about: 'what is piped or ended without a Content-Type is sent without one',
    differences: [
      { location: 'header:content-type', kind: 'header-added', about: 'the server calls it text' },
      ...lengths('sent in chunks, or not'),
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
} satisfies Record<string, Behaviour>;
