import { hasEvents, type View } from '../answer.ts';
import { compareEvents } from './events.ts';
import { type Found, found } from './found.ts';
import { compareJson } from './json.ts';
import { compareText } from './text.ts';

/** Bodies by what they are: JSON by meaning, event streams event by event, text by segments, the rest by content hash. */
export function compareBody(old: View, next: View, eventsUpTo?: number): Found[] {
  const [a, b] = [old.response, next.response];
  if (hasEvents(old) && hasEvents(next) && old.kind === 'events' && next.kind === 'events') {
    const ended = (view: View) => (view.response.ending === 'aborted' ? 'still open' : view.response.ending);
    const out = [...compareEvents(old.text, next.text, eventsUpTo), ...compareArrival(old, next)];
    if (eventsUpTo === undefined && ended(old) !== ended(next))
      out.push(found('stream', 'stream.end', ended(old), ended(next)));
    return out;
  }
  if (a.ending !== b.ending) {
    return [found('truncated', 'body', `${a.ending}, ${a.size} bytes`, `${b.ending}, ${b.size} bytes`)];
  }
  if (a.sha256 === b.sha256 && a.size === b.size) return [];
  if (old.kind === 'json' && next.kind === 'json') {
    const out = compareJson(old.json, next.json, 'body');
    if (out.length > 0 || sameDecoded(old, next)) return out.length > 0 ? out : encodingOnly(old, next);
    if (old.text === next.text)
      return [found('text', 'body', '(its own address or folder)', '(its own address or folder)')];
    return [found('json-bytes', 'body', excerpt(old.text, next.text), excerpt(next.text, old.text))];
  }
  if (sameDecoded(old, next)) return encodingOnly(old, next);
  const textual = (view: View) => view.kind === 'text' || view.kind === 'json' || view.kind === 'events';
  if (textual(old) && textual(next)) {
    if (old.text === next.text)
      return [found('text', 'body', '(its own address or folder)', '(its own address or folder)')];
    return compareText(old.text, next.text, 'body');
  }
  return [found('binary', 'body', summary(old), summary(next))];
}

/** A stream whose parts come over this long, ms, is passed on as it is made. */
const MADE_OVER_MS = 300;
/** What comes within this part of the time that the other side takes came at once. */
const AT_ONCE = 0.2;

/** Whether one side passes a stream on as it is made, and the other keeps it until it is whole. */
function compareArrival(old: View, next: View): Found[] {
  const spread = ({ response: { chunks } }: View) => (chunks.at(-1)?.at ?? 0) - (chunks[0]?.at ?? 0);
  const [a, b] = [spread(old), spread(next)];
  if (Math.max(a, b) < MADE_OVER_MS || Math.min(a, b) > AT_ONCE * Math.max(a, b)) return [];
  const told = (own: number, other: number) => (own > other ? 'part by part' : 'all at once');
  return [found('stream', 'stream.arrival', told(a, b), told(b, a))];
}

const sameDecoded = (old: View, next: View): boolean =>
  old.decoded !== null && next.decoded !== null && old.decoded.equals(next.decoded);

/** The same content in other bytes: the coding differs, or the compressor chose other bytes. */
function encodingOnly(old: View, next: View): Found[] {
  return [
    found(
      'encoding',
      'body',
      `${old.coding || 'identity'}, ${old.response.size} bytes`,
      `${next.coding || 'identity'}, ${next.response.size} bytes`,
    ),
  ];
}

const summary = (view: View): string =>
  view.kind === 'empty'
    ? 'no body'
    : `${view.response.size} bytes, sha256 ${view.response.sha256.slice(0, 16)}`;

/** The text around the first place where the two differ. */
function excerpt(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at++;
  return text.slice(Math.max(0, at - 20), at + 60);
}
