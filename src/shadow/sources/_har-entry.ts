import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ending, ExchangeRequest, ExchangeResponse, RawHeaders } from '../../model/exchange.ts';
import { requestBody } from './_har-body.ts';
import { SocketMessages, transcriptOf } from './_har-socket.ts';

const Pair = z.object({ name: z.string(), value: z.string() });
const Param = z.object({
  name: z.string(),
  value: z.string().optional(),
  fileName: z.string().optional(),
  contentType: z.string().optional(),
});

/** A HAR 1.2 entry, as far as it is needed; `_` fields are those of Chrome, Playwright and recorders. */
export const HarEntry = z.object({
  startedDateTime: z.string().optional(),
  time: z.number().nullish(),
  _session: z.string().optional(),
  _aborted: z.boolean().optional(),
  _webSocketMessages: SocketMessages.nullish(),
  request: z.object({
    method: z.string().min(1),
    url: z.string(),
    headers: z.array(Pair),
    postData: z
      .object({
        mimeType: z.string().optional(),
        text: z.string().optional(),
        encoding: z.string().optional(),
        _encoding: z.string().optional(),
        params: z.array(Param).optional(),
      })
      .nullish(),
  }),
  response: z
    .object({
      status: z.int(),
      statusText: z.string().optional(),
      headers: z.array(Pair),
      content: z
        .object({
          size: z.number().optional(),
          mimeType: z.string().optional(),
          text: z.string().optional(),
          encoding: z.string().optional(),
        })
        .optional(),
      _error: z.string().nullish(),
    })
    .optional(),
});
export type HarEntry = z.infer<typeof HarEntry>;

/** A WebSocket that was opened. Over HTTP/2 (RFC 8441) its request is a CONNECT that was answered with 200. */
export const isSocket = ({ request, response, _webSocketMessages }: HarEntry): boolean =>
  (_webSocketMessages?.length ?? 0) > 0 || (/^wss?:/i.test(request.url) && response?.status === 101);

/** Why an entry is no replayable exchange, or null. */
export function notHttp(entry: HarEntry): string | null {
  if (!URL.canParse(entry.request.url)) return 'its URL cannot be parsed';
  const { protocol } = new URL(entry.request.url);
  if (isSocket(entry) || protocol === 'http:' || protocol === 'https:') return null;
  if (protocol === 'ws:' || protocol === 'wss:') return 'a WebSocket that was not opened';
  return protocol.length > 30 ? 'its URL is not HTTP' : `${protocol} is not HTTP`;
}

/** Why an entry must not be sent, in words; undefined when it can be. */
export const withheldOf = (entry: HarEntry): string | undefined =>
  isSocket(entry) && !entry._webSocketMessages
    ? 'the messages of its WebSocket are not in the HAR (Chrome writes them, Firefox does not)'
    : undefined;

/** What was sent. A WebSocket's handshake is a GET to the same host by HTTP. */
export function toRequest(entry: HarEntry): ExchangeRequest {
  const { request } = entry;
  const socket = isSocket(entry);
  return {
    method: socket ? 'GET' : request.method,
    origin: new URL(socket ? request.url.replace(/^ws/i, 'http') : request.url).origin,
    path: target(request.url),
    headers: raw(request.headers),
    body: socket ? null : requestBody(request.postData ?? null, request.headers),
  };
}

/** Path and query as they stand in the text: parsing a URL would escape and fold dots that were sent as they are. */
function target(url: string): string {
  const rest = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? '';
  return rest.startsWith('/') ? rest : `/${rest}`;
}

const raw = (headers: readonly { name: string; value: string }[]): RawHeaders =>
  headers.flatMap(({ name, value }) =>
    // Chrome joins repeated Set-Cookie headers with line feeds.
    value.split('\n').map((line): [string, string] => [name, line.trim()]),
  );

/** What was answered; null when the HAR holds no usable answer. */
export function toResponse(entry: HarEntry): ExchangeResponse | null {
  const { response } = entry;
  const transcript = isSocket(entry) ? transcriptOf(entry) : undefined;
  if (!response || (response.status < 100 && !transcript)) return null;
  const { content } = response;
  const body = Buffer.from(content?.text ?? '', content?.encoding === 'base64' ? 'base64' : 'utf8');
  // Chrome writes -1 where it does not know.
  const total = Math.max(0, entry.time ?? 0);
  return {
    status: transcript ? 101 : response.status,
    reason: response.statusText ?? '',
    // HAR content is stored decoded: keeping Content-Encoding would make it look undecodable.
    headers: raw(response.headers).filter(([name]) => !/^content-encoding$/i.test(name)),
    body,
    size: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    ending: endingOf(entry),
    chunks: [],
    headMs: total,
    totalMs: total,
    ...(transcript && { transcript }),
  };
}

function endingOf({ _aborted, response }: HarEntry): Ending {
  if (_aborted === true || /ABORTED/i.test(response?._error ?? '')) return 'aborted';
  return response?._error ? 'truncated' : 'complete';
}
