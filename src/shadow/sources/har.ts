import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { MigrateError } from '../../model/errors.ts';
import type { Ending, Exchange, ExchangeResponse, RawHeaders } from '../../model/exchange.ts';
import { ExitCode } from '../../model/exit.ts';
import { LOGIN_HINT } from '../login.ts';
import type { Traffic, TrafficSource } from '../sources.ts';
import { requestBody } from './_har-body.ts';

/** Node cannot hold a string beyond about 512 MB; a HAR is one JSON text. */
const MAX_BYTES = 400 * 1024 * 1024;

const Pair = z.object({ name: z.string(), value: z.string() });
const Param = z.object({
  name: z.string(),
  value: z.string().optional(),
  fileName: z.string().optional(),
  contentType: z.string().optional(),
});

/** A HAR 1.2 entry, as far as it is needed; `_` fields are those of Chrome, Playwright and recorders. */
const HarEntry = z.object({
  startedDateTime: z.string().optional(),
  time: z.number().nullish(),
  connection: z.string().optional(),
  _session: z.string().optional(),
  _aborted: z.boolean().optional(),
  _webSocketMessages: z.unknown().optional(),
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
type HarEntry = z.infer<typeof HarEntry>;

/** HAR 1.2 as Chrome, Firefox, Safari, Playwright and recording proxies write it. */
const har: TrafficSource = {
  id: 'har',
  title: 'HAR 1.2 (.har)',
  recognises: (file, head, kind) =>
    kind === 'file' && (/\.har$/i.test(file) || /^\s*\{\s*"log"\s*:/.test(head)),
  async read(file) {
    const name = basename(file);
    const { size } = await stat(file);
    if (size > MAX_BYTES) {
      throw bad(
        file,
        `is ${Math.round(size / 1e6)} MB, more than one JSON text can hold`,
        'Export it in parts.',
      );
    }
    const entries = entriesOf(file, (await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
    const skipped = new Map<string, number>();
    const exchanges: Exchange[] = [];
    let sanitised = 0;
    for (const [position, raw] of entries.entries()) {
      const parsed = HarEntry.safeParse(raw);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw bad(
          file,
          `entry ${position + 1} is malformed at ${issue?.path.join('.') || 'its root'}: ${issue?.message}`,
        );
      }
      const reason = notHttp(parsed.data);
      if (reason) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      else exchanges.push(toExchange(parsed.data, exchanges.length + 1, `har:${name}`));
      if (parsed.data.response?.status === 401) sanitised++;
    }
    const warnings = [...skipped].map(
      ([reason, count]) => `${name}: ${count} of ${entries.length} entries left out: ${reason}.`,
    );
    const hasSecrets = exchanges.some(({ request }) =>
      request.headers.some(([key]) => /^(cookie|authorization)$/i.test(key)),
    );
    const setsCookie = exchanges.some(({ response }) =>
      response?.headers.some(([key]) => /^set-cookie$/i.test(key)),
    );
    if (!hasSecrets && (sanitised > 0 || setsCookie)) {
      warnings.push(
        `${name} holds no Cookie and no Authorization header: it looks sanitised, so what needs a login is not reached. ` +
          `In Chrome export "HAR (with sensitive data)", or ${LOGIN_HINT}`,
      );
    }
    return { source: 'har', file, exchanges, skipped, warnings } satisfies Traffic;
  },
};
export default har;

const bad = (file: string, what: string, hint?: string) =>
  new MigrateError('HAR_INVALID', `${file} ${what}.`, { hint, exitCode: ExitCode.precondition });

function entriesOf(file: string, text: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const at = Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
    const isCut =
      !/[}\]]\s*$/.test(text) || /end of JSON|Unterminated/.test(message) || at >= text.trimEnd().length;
    throw bad(file, isCut ? 'is cut off: its JSON ends in the middle' : `is not JSON: ${message}`);
  }
  const log = (value as { log?: unknown } | null)?.log;
  if (typeof log !== 'object' || log === null) throw bad(file, 'is JSON but no HAR: it has no "log"');
  const entries = (log as { entries?: unknown }).entries;
  if (!Array.isArray(entries)) throw bad(file, 'is no HAR 1.2: "log.entries" is no list');
  return entries;
}

/** Why an entry is no replayable exchange, or null. */
function notHttp(entry: HarEntry): string | null {
  if (!URL.canParse(entry.request.url)) return 'its URL cannot be parsed';
  const { protocol } = new URL(entry.request.url);
  if (protocol === 'ws:' || protocol === 'wss:' || entry._webSocketMessages) return 'WebSocket';
  if (protocol !== 'http:' && protocol !== 'https:') return `${protocol} is not HTTP`;
  return null;
}

function toExchange(entry: HarEntry, index: number, source: string): Exchange {
  const { request } = entry;
  const url = new URL(request.url);
  return {
    schema: 'migrate/exchange',
    version: 1,
    index,
    source,
    session: entry._session ?? url.host,
    request: {
      method: request.method,
      origin: url.origin,
      path: target(request.url),
      headers: raw(request.headers),
      body: requestBody(request.postData ?? null, request.headers),
    },
    response: toResponse(entry),
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

function toResponse(entry: HarEntry): ExchangeResponse | null {
  const { response } = entry;
  if (!response || response.status < 100) return null;
  const { content } = response;
  const body = Buffer.from(content?.text ?? '', content?.encoding === 'base64' ? 'base64' : 'utf8');
  const aborted = entry._aborted === true || /ABORTED/i.test(response._error ?? '');
  const ending: Ending = aborted ? 'aborted' : response._error ? 'truncated' : 'complete';
  // HAR content is stored decoded: keeping Content-Encoding would make it look undecodable.
  const headers = raw(response.headers).filter(([name]) => !/^content-encoding$/i.test(name));
  // Chrome writes -1 where it does not know.
  const total = Math.max(0, entry.time ?? 0);
  return {
    status: response.status,
    reason: response.statusText ?? '',
    headers,
    body,
    size: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    ending,
    chunks: [],
    headMs: total,
    totalMs: total,
  };
}
