import { z } from 'zod';
import type { SocketMessage, Transcript } from '../../model/exchange.ts';
import { MAX_MESSAGE } from '../websocket/frames.ts';
import { MAX_KEPT } from '../websocket/listen.ts';

/**
 * `_webSocketMessages` as Chrome's developer tools write it, and recorders after them: `type` is `send` or `receive`
 * (`error` where the browser failed the connection), `time` in seconds since the Unix epoch, `opcode` that of RFC 6455
 * §11.8, `data` text, or Base64 where the opcode is 2.
 */
export const SocketMessages = z.array(
  z.object({
    type: z.string(),
    time: z.number().nullish(),
    opcode: z.number().nullish(),
    data: z.string().nullish(),
    code: z.int().nullish(),
  }),
);
type SocketMessages = z.infer<typeof SocketMessages>;

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * What was said on a WebSocket. Chrome does not write how a connection was closed: it counts as broken off then, and a
 * replay hangs up after the last message.
 */
export function transcriptOf({
  startedDateTime,
  _webSocketMessages,
}: {
  startedDateTime?: string | undefined;
  _webSocketMessages?: SocketMessages | null | undefined;
}): Transcript | undefined {
  if (!_webSocketMessages) return undefined;
  const started = Date.parse(startedDateTime ?? '');
  const messages: SocketMessage[] = [];
  let close: Transcript['close'] = { by: 'nobody', code: null, reason: '' };
  let lost: string | undefined;
  let kept = 0;
  for (const { type, time, opcode, data, code } of _webSocketMessages) {
    const from = type === 'send' ? 'client' : type === 'receive' ? 'server' : null;
    const text = data ?? '';
    const kind = opcode === 2 ? 'binary' : 'text';
    if (!from)
      lost ??= type === 'error' ? 'the browser failed the connection' : 'a message of an unknown type';
    else if (opcode === 8) {
      close = { by: from, code: code ?? null, reason: '' };
      break;
    } else if (opcode === 9 || opcode === 10) continue;
    else if (opcode !== 1 && opcode !== 2 && opcode != null) lost ??= `an unknown opcode ${opcode}`;
    else if (kind === 'binary' && !BASE64.test(text)) lost ??= 'a binary message that is not Base64';
    else if (text.length > MAX_MESSAGE) lost ??= 'a message of more than 1 MiB';
    else {
      kept += text.length;
      if (kept > MAX_KEPT) lost ??= 'more than 8 MiB of messages';
      const at = (time ?? 0) * 1000 - started;
      messages.push({ from, at: Number.isFinite(at) ? Math.max(0, at) : 0, kind, data: text });
    }
    if (lost !== undefined) break;
  }
  return { messages, close, ...(lost !== undefined && { lost }) };
}
