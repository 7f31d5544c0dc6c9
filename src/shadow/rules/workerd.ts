import { isHeader, type Rule, withWorkers } from '../judging/rule.ts';
import { URI_CHARACTERS } from '../judging/values.ts';

/** What workerd itself does, whatever the application is. */
export const WORKERD_RULES: readonly Rule[] = [
  {
    id: 'workerd-reason-phrase',
    reason: 'workerd does not carry the reason phrase; clients are told to ignore it (RFC 9112 §4)',
    allows: 'the reason phrase "unknown" or none from Workers',
    hides: ['reason-changed'],
    active: withWorkers,
    explains: (found, { runtimes }) => {
      if (found.kind !== 'reason') return false;
      const said = runtimes.new === 'workers' ? found.new : found.old;
      return said === 'unknown' || said === '';
    },
  },
  {
    id: 'workerd-no-date',
    reason: 'workerd leaves Date to the network in front of it',
    allows: 'no Date header from Workers',
    hides: ['date-header-moved'],
    active: withWorkers,
    explains: (found, { runtimes }) =>
      isHeader(found, 'date') &&
      found.kind === (runtimes.new === 'workers' ? 'header-missing' : 'header-added'),
  },
  {
    id: 'workerd-address',
    reason:
      'the local server of workerd refuses an address with characters that RFC 3986 does not allow; the application never sees it, and what the network in front of Workers does with it was not asked',
    allows: 'the 400 "invalid URI" of Workers to such an address, whatever the other side answers',
    hides: ['address-refused'],
    active: withWorkers,
    explains: (_, { path, old, new: next, runtimes }) => {
      if (URI_CHARACTERS.test(path)) return false;
      const own = runtimes.new === 'workers' ? next : old;
      return own?.response.status === 400 && own.text === 'invalid URI';
    },
  },
  {
    id: 'workerd-header-text',
    reason: 'workerd writes header values in UTF-8, Node.js in Latin-1',
    allows: 'characters beyond ASCII of one header value in these two encodings',
    hides: ['header-text-lost'],
    active: withWorkers,
    explains: (found, { runtimes }) => {
      if (found.kind !== 'header-value' || found.old === null || found.new === null) return false;
      const [latin, utf8] = runtimes.new === 'workers' ? [found.old, found.new] : [found.new, found.old];
      return Buffer.from(latin, 'utf8').toString('latin1') === utf8;
    },
  },
];
