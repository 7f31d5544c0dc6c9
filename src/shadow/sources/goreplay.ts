import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange, ExchangeResponse, RawHeaders } from '../../model/exchange.ts';
import type { TrafficSource } from '../sources.ts';
import { exchangeOf, knownResponse, skips, skipWarnings } from './_exchange.ts';

/** Between payloads. Source: GoReplay's documentation, "Saving and Replaying from file". */
const SEPARATOR = Buffer.from('\n🐵🙈🙉\n');
/** `<type> <id> <unix ns> [latency ns]`; types: 1 request, 2 recorded response, 3 response of a replay. */
const HEAD = /^([123]) ([0-9a-zA-Z]{8,64}) (\d{1,20})(?: (-?\d{1,20}))?\r?\n/;

/** Files that `gor --output-file` writes. Requests are paired with their recorded responses by id. */
const goreplay: TrafficSource = {
  id: 'goreplay',
  title: 'a GoReplay file (.gor)',
  recognises: (_file, head, kind) => kind === 'file' && HEAD.test(head),
  async read(file) {
    const name = basename(file);
    const left = skips();
    const bytes = await contents(file);
    const requests: { id: string; at: number; message: Message }[] = [];
    const responses = new Map<string, { message: Message; ms: number }>();
    for (const payload of split(bytes)) {
      const match = HEAD.exec(payload.subarray(0, 128).toString('latin1'));
      const [head = '', type, id = '', at = '0', latency = '0'] = match ?? [];
      const message = match && parseMessage(payload.subarray(head.length));
      if (!message) left.add('the payload is no HTTP message');
      else if (type === '1') requests.push({ id, at: Number(at) / 1e6, message });
      else if (type === '2') responses.set(id, { message, ms: Number(latency) / 1e6 });
      else left.add('it is the answer of an earlier replay');
    }
    requests.sort((a, b) => a.at - b.at);
    let alone = 0;
    const exchanges = requests.flatMap(({ id, at, message }, position): Exchange[] => {
      const [, method, path] = /^(\S+) (\S+) HTTP\/1\.[01]$/.exec(message.line) ?? [];
      if (method === undefined || path === undefined) {
        left.add('its request line is not HTTP/1');
        return [];
      }
      const host = message.headers.find(([key]) => /^host$/i.test(key))?.[1] ?? 'localhost';
      const answer = responses.get(id);
      if (!answer) alone++;
      return [
        exchangeOf(position + 1, {
          ...{ source: `goreplay:${name}`, session: credentials(message.headers) ?? 'gor' },
          ...{ method, path, origin: `http://${host}`, headers: message.headers, sentAt: at },
          body: message.body.length > 0 || declaresBody(message.headers) ? message.body : null,
          response: answer ? toResponse(answer.message, answer.ms) : null,
          withheld: message.cut ? 'its body was cut off when it was captured' : undefined,
        }),
      ];
    });
    const warnings = skipWarnings(name, left.counts);
    if (alone > 0)
      warnings.push(
        `${name}: ${alone} of ${requests.length} requests have no recorded answer (capture with --input-raw-track-response).`,
      );
    for (const [i, exchange] of exchanges.entries()) exchange.index = i + 1;
    return { source: 'goreplay', file, exchanges, skipped: left.counts, warnings };
  },
};
export default goreplay;

async function contents(file: string): Promise<Buffer> {
  const bytes = await readFile(file);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: 1024 * 1024 * 1024 });
  } catch (error) {
    throw new MigrateError('GOREPLAY_INVALID', `${file} cannot be unpacked: ${(error as Error).message}.`);
  }
}

function* split(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(SEPARATOR, start);
    const payload = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (payload.length > 1) yield payload;
    if (end < 0) return;
    start = end + SEPARATOR.length;
  }
}

interface Message {
  line: string;
  headers: RawHeaders;
  body: Buffer;
  /** Shorter than its Content-Length. */
  cut: boolean;
}

function parseMessage(bytes: Buffer): Message | null {
  const end = bytes.indexOf('\r\n\r\n');
  const head = (end < 0 ? bytes : bytes.subarray(0, end)).toString('latin1').trimEnd();
  const [line = '', ...lines] = head.split('\r\n');
  if (!/^(HTTP\/1|[A-Z-]+ \S+ HTTP\/)/.test(line)) return null;
  const headers = lines.flatMap((one): RawHeaders => {
    const at = one.indexOf(':');
    return at > 0 ? [[one.slice(0, at), one.slice(at + 1).trim()]] : [];
  });
  const value = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  let body: Buffer = end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4);
  const chunked = /chunked/i.test(value('transfer-encoding') ?? '');
  if (chunked) body = dechunk(body);
  const length = Number(value('content-length') ?? body.length);
  return { line, headers, body, cut: !chunked && !line.startsWith('HTTP/') && body.length < length };
}

function dechunk(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, end < 0 ? at : end).toString('latin1'), 16);
    if (end < 0 || !(size > 0)) break;
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

function toResponse({ line, headers, body }: Message, ms: number): ExchangeResponse | null {
  const [, status, reason = ''] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(line) ?? [];
  if (status === undefined) return null;
  const kept = headers.filter(([name]) => !/^transfer-encoding$/i.test(name));
  return { ...knownResponse(Number(status), reason, kept, body), headMs: ms, totalMs: ms };
}

const declaresBody = (headers: RawHeaders): boolean =>
  headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));

const credentials = (headers: RawHeaders): string | undefined =>
  headers.find(([name]) => /^(authorization|cookie)$/i.test(name))?.[1];
