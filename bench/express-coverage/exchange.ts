import { request as send } from 'node:http';
import { brotliDecompressSync, unzipSync } from 'node:zlib';
import type { CaseRequest, RunCase } from './cases.ts';

/**
 * What the wire showed: status line, headers as pairs sorted by lower-case name, body. `silence` when nothing came;
 * `200 OK, aborted` when the connection was closed before the end.
 */
export interface WireAnswer {
  status: string;
  headers: string[];
  body: string;
}

/** The longest that an answer may take once it has begun, ms. */
const LONGEST = 10_000;

/** What the status says of an answer whose connection was closed before its end. */
const ABORTED = ', aborted';

const HIDDEN = /^(date|connection|keep-alive): /;

/** Sends a case's requests to one server and returns the answers, in order. `extra` headers come with each. */
export async function converse(
  one: RunCase,
  port: number,
  extra: Readonly<Record<string, string>> = {},
): Promise<WireAnswer[]> {
  const jar = new Map<string, string>();
  const ask = (request: CaseRequest) =>
    exchange(one, { ...request, headers: { ...extra, ...request.headers } }, port, jar);
  if (one.concurrent) return Promise.all(one.requests.map(ask));
  const answers: WireAnswer[] = [];
  for (const request of one.requests) answers.push(await ask(request));
  return answers;
}

function exchange(
  one: RunCase,
  { method, path, headers, body, timeout }: CaseRequest,
  port: number,
  jar: Map<string, string>,
): Promise<WireAnswer> {
  const cookie = [...jar.values()].join('; ');
  const length = body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve) => {
    const fail = (reason: string) => resolve({ status: reason, headers: [], body: '' });
    const request = send(
      {
        ...{ host: '127.0.0.1', port, method, path, agent: false, timeout },
        headers: { Host: 'localhost', ...(cookie && { Cookie: cookie }), ...length, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        const answer = (end: string) =>
          resolve(
            seen(
              one,
              response.statusCode ?? 0,
              `${response.statusMessage}${end}`,
              response.rawHeaders,
              chunks,
            ),
          );
        // The connection was closed before the end: what came until then counts as well.
        response.on('error', () => answer(ABORTED));
        response.on('end', () => {
          if (one.cookies) keepCookies(jar, response.headers['set-cookie'] ?? []);
          answer('');
        });
      },
    );
    const silent = () => {
      request.destroy();
      fail('silence');
    };
    request.on('timeout', silent);
    // An answer that drips on without an end is none either.
    const limit = setTimeout(silent, LONGEST + timeout);
    request.on('close', () => clearTimeout(limit));
    request.on('error', (error: NodeJS.ErrnoException) => fail(`broken: ${error.code ?? error.message}`));
    request.end(body ?? undefined);
  });
}

function keepCookies(jar: Map<string, string>, set: readonly string[]): void {
  for (const line of set) {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    if (/expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
    else jar.set(name, pair);
  }
}

function seen(
  one: RunCase,
  status: number,
  message: string,
  raw: readonly string[],
  chunks: readonly Buffer[],
): WireAnswer {
  const mask = (text: string) => one.mask.reduce((rest, pattern) => rest.replace(pattern, '<masked>'), text);
  const headers: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const line = `${(raw[index] ?? '').toLowerCase()}: ${raw[index + 1]}`;
    if (!HIDDEN.test(line)) headers.push(mask(line));
  }
  return {
    status: `${status} ${message}`,
    headers: headers.sort(),
    body: mask(decoded(Buffer.concat(chunks), headers, !message.endsWith(ABORTED)).toString('latin1')),
  };
}

/** Runtimes compress with other libraries: what is compared is what was compressed. A part of it is not comparable. */
function decoded(body: Buffer, headers: readonly string[], isWhole: boolean): Buffer {
  if (body.length === 0) return body;
  if (!isWhole && headers.some((line) => line.startsWith('content-encoding: '))) return Buffer.alloc(0);
  if (headers.includes('content-encoding: br')) return brotliDecompressSync(body);
  const zipped = headers.some((line) => /^content-encoding: (gzip|deflate)$/.test(line));
  return zipped ? unzipSync(body) : body;
}

/** The first difference between what the original and the converted application answered; null when there is none. */
export function difference(
  one: RunCase,
  before: readonly WireAnswer[],
  after: readonly WireAnswer[],
): string | null {
  for (const [index, request] of one.requests.entries()) {
    const [want, got] = [before[index], after[index]];
    const name = `${request.method} ${request.path}`;
    if (want === undefined || got === undefined) return `${name}: not compared`;
    if (want.status !== got.status) return `${name}: status ${want.status} became ${got.status}`;
    const lost = want.headers.filter((line) => !got.headers.includes(line));
    const extra = got.headers.filter((line) => !want.headers.includes(line));
    if (lost.length + extra.length > 0 || want.headers.length !== got.headers.length)
      return `${name}: headers [${lost.join(' | ')}] became [${extra.join(' | ')}]`;
    if (want.body !== got.body)
      return `${name}: body ${JSON.stringify(want.body.slice(0, 120))} became ${JSON.stringify(got.body.slice(0, 120))}`;
  }
  return null;
}
