import type { View } from '../answer.ts';
import { isMadeOfBody, MTIME_ETAG } from '../judging/etags.ts';
import { always, isHeader, type Rule, withWorkers } from '../judging/rule.ts';

/** Compressors differ by a fraction; twice as much and a little for small bodies is no compression any more. */
const grown = (old: View, next: View): boolean => next.response.size > 2 * old.response.size + 512;

/** An ETag with its opaque runs masked, long ones by their length, so that weak differs from strong and one part from two. */
const etagForm = (etag: string): string =>
  etag.replace(/[A-Za-z0-9+/=_]+/g, (part) => (part.length < 16 ? 'x' : `x${part.length}`));

/** Of two answers without a body, whose lengths are not known: neither is empty where the other is not, nor twice as long. */
const nearLengths = (old: string, next: string): boolean => {
  const [low, high] = [Number(old), Number(next)].sort((a, b) => a - b);
  return low !== undefined && high !== undefined && low > 0 && high <= 2 * low;
};

/** Other bytes, or other headers about bytes, of the same content. */
export const BODY_RULES: readonly Rule[] = [
  {
    id: 'framing',
    reason: 'Content-Length and chunked coding delimit the same bytes (RFC 9112 §6)',
    allows:
      'a right Content-Length in place of chunked coding or the reverse, where the body is the same; not for HEAD',
    hides: ['length-wrong'],
    active: withWorkers,
    explains: (found, context) => {
      if (!isHeader(found, 'content-length', 'transfer-encoding') || context.method === 'HEAD') return false;
      if (found.kind !== 'header-missing' && found.kind !== 'header-added') return false;
      const [a, b] = [context.old?.response, context.new?.response];
      if (a === undefined || b === undefined) return false;
      const has = found.kind === 'header-missing' ? a : b;
      if (isHeader(found, 'content-length') && (found.old ?? found.new) !== String(has.size)) return false;
      return a.sha256 === b.sha256 || context.bodyExplained;
    },
  },
  {
    id: 'compressed-bytes',
    reason: 'two compressors may write the same content in different bytes',
    allows:
      'the same content coding with other bytes, at most twice as many, and the Content-Length and ETag that follow',
    hides: ['compression-stored'],
    active: always,
    explains: (found, { old, new: next }) =>
      found.kind === 'encoding' &&
      old !== null &&
      next !== null &&
      old.coding === next.coding &&
      !grown(old, next),
  },
  {
    id: 'stack-frames',
    reason: 'frames of a stack are lines of the code and of the runtime, and both were changed on purpose',
    allows:
      'frames of an error’s stack in a text, a page or JSON, where both sides show frames; they are not compared. Type, message and everything around them must be equal',
    hides: ['stack-message', 'stack-type', 'stack-dropped'],
    active: always,
    explains: (found) => found.kind === 'stack',
  },
  {
    id: 'own-address',
    reason: 'each side has its own port and its own folder',
    allows: 'the side’s own address or folder inside a text',
    hides: ['own-address-lost'],
    active: always,
    explains: (found, { old, new: next }) =>
      found.kind === 'text' && old !== null && next !== null && old.text === next.text,
  },
  {
    id: 'static-mtime-etag',
    reason:
      'a file server makes its ETag from size and mtime: runtimes round the mtime differently, and uploads are written at another moment',
    allows:
      'a "size-mtime" ETag of the same size, one millisecond apart, or as far as the clock where the old side does not repeat it',
    hides: ['etag-of-other-size'],
    active: always,
    explains: (found, { varies, clockBudgetMs }) => {
      if (!isHeader(found, 'etag')) return false;
      const [old, next] = [found.old, found.new].map((value) => MTIME_ETAG.exec(value ?? ''));
      if (!old || !next || old[1] !== next[1]) return false;
      const apart = Math.abs(Number.parseInt(old[2] ?? '', 16) - Number.parseInt(next[2] ?? '', 16));
      if (apart === 1) return true;
      const { again, recorded } = varies(found.exact);
      return apart <= clockBudgetMs && (again || recorded);
    },
  },
  {
    id: 'etag-follows-body',
    reason: 'ETag and Content-Length are made from the body',
    allows:
      'ETag (same form, and of its own body where the old one is) and Content-Length differing where every difference of the body is explained or waived',
    hides: ['etag-constant', 'length-wrong'],
    active: always,
    explains: (found, context) => {
      if (!isHeader(found, 'etag', 'content-length') || found.old === null || found.new === null)
        return false;
      const bodiless = context.method === 'HEAD' || context.old?.response.status === 304;
      if (!(context.bodyExplained || (bodiless && context.varies(found.exact).again))) return false;
      if (isHeader(found, 'etag')) {
        const strays =
          isMadeOfBody(context.old, found.old) === true && isMadeOfBody(context.new, found.new) === false;
        return etagForm(found.old) === etagForm(found.new) && !strays;
      }
      return bodiless
        ? nearLengths(found.old, found.new)
        : [context.old, context.new].every(
            (side, i) => String(side?.response.size) === [found.old, found.new][i],
          );
    },
  },
];
