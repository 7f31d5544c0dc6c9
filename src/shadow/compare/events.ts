import { parseExact } from '../exact-json.ts';
import { type Found, found } from './found.ts';
import { compareJson } from './json.ts';

/** One server-sent event as a client sees it; comments are kept as their own kind because proxies rely on them. */
export interface StreamEvent {
  event: string;
  data: string;
  id: string | null;
  retry: string | null;
  comment: boolean;
}

/** Complete events of a `text/event-stream` body (WHATWG HTML §9.2.6). An event not ended by an empty line is dropped. */
export function parseEvents(text: string): StreamEvent[] {
  const out: StreamEvent[] = [];
  const blocks = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n\n');
  blocks.pop();
  for (const block of blocks) {
    const event: StreamEvent = { event: 'message', data: '', id: null, retry: null, comment: false };
    const data: string[] = [];
    let fields = 0;
    for (const line of block.split('\n')) {
      if (line === '') continue;
      const colon = line.indexOf(':');
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (name === '') {
        data.push(value);
        continue;
      }
      fields++;
      if (name === 'data') data.push(value);
      else if (name === 'event') event.event = value;
      else if (name === 'id') event.id = value;
      else if (name === 'retry') event.retry = value;
    }
    if (fields === 0 && data.length === 0) continue;
    out.push({ ...event, data: data.join('\n'), comment: fields === 0 });
  }
  return out;
}

/** Streams event by event. `upTo` limits both to the first events when the client of the recording hung up. */
export function compareEvents(oldText: string, nextText: string, upTo?: number): Found[] {
  const old = parseEvents(oldText).slice(0, upTo);
  const next = parseEvents(nextText).slice(0, upTo);
  const out: Found[] = [];
  const common = Math.min(old.length, next.length);
  for (let i = 0; i < common; i++) {
    const [before, after] = [old[i], next[i]];
    if (!before || !after) continue;
    for (const field of ['event', 'id', 'retry'] as const) {
      if (before[field] !== after[field])
        out.push(found('stream', `stream[${i}].${field}`, before[field], after[field]));
    }
    if (before.comment !== after.comment) {
      out.push(
        found(
          'stream',
          `stream[${i}]`,
          before.comment ? 'comment' : 'event',
          after.comment ? 'comment' : 'event',
        ),
      );
    } else if (before.data !== after.data) {
      out.push(...compareData(before.data, after.data, `stream[${i}].data`));
    }
  }
  if (old.length !== next.length) {
    out.push(found('stream', 'stream.length', `${old.length} events`, `${next.length} events`));
  }
  return out;
}

/** Two values of a stream: as JSON where both are, else as text. */
export function compareData(old: string, next: string, path: string): Found[] {
  try {
    const out = compareJson(parseExact(old), parseExact(next), path);
    if (out.length > 0) return out;
  } catch {
    // Not JSON: the text is the value.
  }
  return [found('stream', path, old, next)];
}
