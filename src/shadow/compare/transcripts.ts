import type { Transcript } from '../../model/exchange.ts';
import { compareData } from './events.ts';
import { type Found, found } from './found.ts';

/**
 * What two servers said on a WebSocket: message by message in their order, text or binary, and how it was closed. What
 * the client says is the recording's on both sides.
 */
export function compareTranscripts(old: Transcript | undefined, next: Transcript | undefined): Found[] {
  if (!old || !next) return old === next ? [] : [found('stream', 'stream', shown(old), shown(next))];
  const [before, after] = [old, next].map(({ messages }) => messages.filter(({ from }) => from === 'server'));
  const out: Found[] = [];
  for (const [i, mine] of (before ?? []).entries()) {
    const other = after?.[i];
    if (!other) break;
    if (mine.kind !== other.kind) out.push(found('stream', `stream[${i}].kind`, mine.kind, other.kind));
    else if (mine.data !== other.data) out.push(...compareData(mine.data, other.data, `stream[${i}].data`));
  }
  if (before?.length !== after?.length)
    out.push(found('stream', 'stream.length', `${before?.length} messages`, `${after?.length} messages`));
  if (closeOf(old) !== closeOf(next)) out.push(found('stream', 'stream.close', closeOf(old), closeOf(next)));
  return out;
}

const shown = (one: Transcript | undefined): string => (one ? 'a WebSocket' : 'no WebSocket');

const closeOf = ({ close: { by, code, reason } }: Transcript): string =>
  by === 'client'
    ? 'open until the client closed it'
    : by === 'nobody'
      ? 'broken off'
      : `closed by the server: ${code ?? 'no code'} ${reason}`.trim();
