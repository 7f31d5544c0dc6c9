import { createHash } from 'node:crypto';
import { stringify } from 'lossless-json';
import type { ExchangeResponse, RawHeaders } from '../model/exchange.ts';
import type { Answer, View } from './answer.ts';
import { isNumber } from './exact-json.ts';

/** A fault planted into a real answer. `plant` returns null where the answer has nothing of the kind to break. */
export interface Fault {
  id: string;
  plant(view: View, varies: (exact: string) => boolean): Answer | null;
}

const answer = (response: ExchangeResponse): Answer => ({ ok: true, response });

/** The same response with another body, uncompressed and with the Content-Length that belongs to it. */
function withBody(view: View, body: Buffer, extra: Partial<ExchangeResponse> = {}): Answer {
  const { response } = view;
  const headers: RawHeaders = response.headers
    .filter(([name]) => !/^content-encoding$/i.test(name))
    .map(([name, value]) => [name, /^content-length$/i.test(name) ? String(body.length) : value]);
  const coded = view.coding !== '';
  return answer({
    ...response,
    headers: coded
      ? headers
      : response.headers.map(([name, value]) => [
          name,
          /^content-length$/i.test(name) ? String(body.length) : value,
        ]),
    body,
    size: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    ...extra,
  });
}

const withHeaders = (view: View, headers: RawHeaders): Answer => answer({ ...view.response, headers });

/** Headers whose loss would be explained by a rule: not the eyes' fault. */
const EXCUSED = /^(date|connection|keep-alive|transfer-encoding|content-length|set-cookie|etag)$/i;

/** Index of the header that is first by name, not by place: the same one however a side orders them. */
function headerAt({ response }: View, which: (name: string) => boolean): number {
  const names = response.headers.map(([name]) => name.toLowerCase());
  const [first] = names.filter(which).sort();
  return first === undefined ? -1 : names.indexOf(first);
}

const dropHeader = (view: View, which: (name: string) => boolean): Answer | null => {
  const at = headerAt(view, which);
  return at < 0 ? null : withHeaders(view, view.response.headers.toSpliced(at, 1));
};

const changeHeader = (
  view: View,
  which: (name: string) => boolean,
  change: (value: string) => string,
): Answer | null => {
  const at = headerAt(view, which);
  const header = view.response.headers[at];
  if (!header) return null;
  const changed = change(header[1]);
  return changed === header[1]
    ? null
    : withHeaders(view, view.response.headers.with(at, [header[0], changed]));
};

type Path = (string | number)[];

/** Paths of all values under a parsed JSON that `accept` takes, with the location they are compared at. */
function places(view: View, accept: (value: unknown, exact: string) => boolean): Path[] {
  const out: Path[] = [];
  const walk = (value: unknown, path: Path, exact: string) => {
    if (accept(value, exact)) out.push(path);
    if (Array.isArray(value))
      for (const [i, item] of value.entries()) walk(item, [...path, i], `${exact}[${i}]`);
    else if (value !== null && typeof value === 'object' && !('isLosslessNumber' in value)) {
      for (const [key, item] of Object.entries(value)) walk(item, [...path, key], `${exact}.${key}`);
    }
  };
  if (view.kind === 'json') walk(view.json, [], 'body');
  return out;
}

/** The JSON with the value at `path` replaced; `undefined` removes a key. */
function replaced(value: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? replaced(item, rest, change) : item));
  return Object.fromEntries(
    Object.entries(value as object)
      .map(([name, item]) => [name, name === key ? replaced(item, rest, change) : item])
      .filter(([, item]) => item !== undefined),
  );
}

function json(
  view: View,
  accept: (value: unknown, exact: string) => boolean,
  change: (value: unknown) => unknown,
): Answer | null {
  const found = places(view, accept);
  const path = found[Math.floor(found.length / 2)];
  if (!path) return null;
  return withBody(view, Buffer.from(stringify(replaced(view.json, path, change)) ?? ''));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !('isLosslessNumber' in value);

/** Every fault that is planted. Values the application makes up anew each time are left out: rules excuse them openly. */
export const FAULTS: readonly Fault[] = [
  { id: 'dead', plant: () => ({ ok: false, failure: { code: 'REFUSED', message: 'planted' } }) },
  { id: 'hang', plant: () => ({ ok: false, failure: { code: 'TIMEOUT', message: 'planted' } }) },
  {
    id: 'status-flipped',
    plant: ({ response }) =>
      answer({ ...response, status: response.status === 200 ? 201 : response.status + 1 }),
  },
  {
    id: 'status-500',
    plant: ({ response }) => (response.status === 500 ? null : answer({ ...response, status: 500 })),
  },
  { id: 'header-dropped', plant: (view) => dropHeader(view, (name) => !EXCUSED.test(name)) },
  {
    id: 'header-changed',
    plant: (view) =>
      changeHeader(
        view,
        (name) => !EXCUSED.test(name),
        (value) => `${value}x`,
      ),
  },
  { id: 'header-added', plant: (view) => withHeaders(view, [...view.response.headers, ['X-Planted', '1']]) },
  {
    id: 'content-type-changed',
    plant: (view) =>
      changeHeader(
        view,
        (name) => /^content-type$/i.test(name),
        () => 'application/x-planted',
      ),
  },
  {
    id: 'redirect-elsewhere',
    plant: (view) =>
      changeHeader(
        view,
        (name) => /^location$/i.test(name),
        (value) => `${value}/planted`,
      ),
  },
  { id: 'cookie-dropped', plant: (view) => dropHeader(view, (name) => /^set-cookie$/i.test(name)) },
  {
    id: 'cookie-attribute-dropped',
    plant: (view) =>
      changeHeader(
        view,
        (name) => /^set-cookie$/i.test(name),
        (value) => value.replace(/;\s*(httponly|secure|samesite=\w+|path=[^;]*)/i, ''),
      ),
  },
  {
    id: 'byte-changed',
    plant: (view) => {
      if (view.kind !== 'text' && view.kind !== 'binary') return null;
      const body = Buffer.from(view.decoded ?? []);
      if (body.length === 0) return null;
      body[0] = (body[0] ?? 0) ^ 1;
      return withBody(view, body);
    },
  },
  {
    id: 'body-truncated',
    plant: (view) => {
      const { response } = view;
      if (view.kind === 'events' || response.body.length < 2) return null;
      const body = response.body.subarray(0, response.body.length >> 1);
      return answer({
        ...response,
        body,
        size: body.length,
        sha256: createHash('sha256').update(body).digest('hex'),
        ending: 'truncated',
      });
    },
  },
  {
    id: 'body-emptied',
    plant: (view) =>
      view.kind === 'empty' || view.kind === 'events' ? null : withBody(view, Buffer.alloc(0)),
  },
  {
    id: 'json-reordered',
    plant: (view) =>
      json(
        view,
        (value) => Array.isArray(value) && new Set(value.map((item) => stringify(item))).size > 1,
        (value) => (value as unknown[]).toReversed(),
      ),
  },
  {
    id: 'json-item-lost',
    plant: (view) =>
      json(
        view,
        (value) => Array.isArray(value) && value.length > 0,
        (value) => (value as unknown[]).slice(0, -1),
      ),
  },
  {
    id: 'json-key-lost',
    plant: (view) =>
      json(
        view,
        (value, exact) => exact !== 'body' && !isPlain(value) && !exact.endsWith(']'),
        () => undefined,
      ),
  },
  {
    id: 'json-key-added',
    plant: (view) => json(view, isPlain, (value) => ({ ...(value as object), planted: true })),
  },
  {
    id: 'json-nulled',
    plant: (view) =>
      json(
        view,
        (value, exact) => exact !== 'body' && value !== null,
        () => null,
      ),
  },
  {
    id: 'json-string-changed',
    plant: (view, varies) =>
      json(
        view,
        (value, exact) => typeof value === 'string' && !varies(exact),
        (value) => `${String(value)} planted`,
      ),
  },
  {
    id: 'json-number-to-string',
    plant: (view) => json(view, isNumber, (value) => String(value)),
  },
  {
    id: 'socket-message-lost',
    plant(view) {
      const { transcript } = view.response;
      const last = transcript?.messages.findLast(({ from }) => from === 'server');
      if (!transcript || !last) return null;
      const messages = transcript.messages.filter((one) => one !== last);
      return { ok: true, response: { ...view.response, transcript: { ...transcript, messages } } };
    },
  },
  {
    id: 'stream-event-lost',
    plant: (view) => {
      if (view.kind !== 'events') return null;
      const blocks = view.text.split(/(?<=\n\n)/);
      return blocks.length < 2 ? null : withBody(view, Buffer.from(blocks.slice(1).join('')));
    },
  },
];
