import { createHash } from 'node:crypto';
import { stringify } from 'lossless-json';
import type { ExchangeResponse, RawHeaders } from '../../model/exchange.ts';
import type { Answer, View } from '../answer.ts';

/** What a fault is planted into. */
export interface Scene {
  /** The request target. */
  path: string;
  /** The old side does not repeat the value at this exact place. */
  varies(exact: string): boolean;
  /** A generated value of this class that stands for another one of the old side; null where there is none. */
  taken(kind: string): string | null;
}

/** A fault planted into a real answer. `plant` returns null where the answer has nothing of the kind to break. */
export interface Fault<Id extends string = string> {
  id: Id;
  plant(view: View, scene: Scene): Answer | null;
}

/** A fault whose name the compiler knows. */
export const fault = <const Id extends string>(id: Id, plant: Fault['plant']): Fault<Id> => ({ id, plant });

export const answer = (response: ExchangeResponse): Answer => ({ ok: true, response });

/** The same response with another body, uncompressed and with the Content-Length that belongs to it. */
export function withBody(view: View, body: Buffer, extra: Partial<ExchangeResponse> = {}): Answer {
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

export const withHeaders = (view: View, headers: RawHeaders): Answer => answer({ ...view.response, headers });

/** Headers whose loss would be explained by a rule: not the eyes' fault. */
export const EXCUSED = /^(date|connection|keep-alive|transfer-encoding|content-length|set-cookie|etag)$/i;

/** Index of the header that is first by name, not by place: the same one however a side orders them. */
export function headerAt({ response }: View, which: (name: string) => boolean): number {
  const names = response.headers.map(([name]) => name.toLowerCase());
  const [first] = names.filter(which).sort();
  return first === undefined ? -1 : names.indexOf(first);
}

export const dropHeader = (view: View, which: (name: string) => boolean): Answer | null => {
  const at = headerAt(view, which);
  return at < 0 ? null : withHeaders(view, view.response.headers.toSpliced(at, 1));
};

export const changeHeader = (
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

export function json(
  view: View,
  accept: (value: unknown, exact: string) => boolean,
  change: (value: unknown) => unknown,
): Answer | null {
  const found = places(view, accept);
  const path = found[Math.floor(found.length / 2)];
  if (!path) return null;
  return withBody(view, Buffer.from(stringify(replaced(view.json, path, change)) ?? ''));
}

export const isPlain = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !('isLosslessNumber' in value);
