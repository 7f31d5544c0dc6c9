import { Buffer } from 'node:buffer';
import type { Context } from 'hono';
import {
  type Bytes,
  type Draft,
  type Fields,
  type Head,
  type RequestState,
  stateOf,
} from './request-state.ts';

/** Takes part in every answer that is made at once, after those that are asked later, as middleware would after `next()`. */
export function finishing(c: Context, finish: (draft: Draft) => void): void {
  keepHead(c).push(finish);
}

/** Whether what is answered was finished where it was made, and has not been changed since. */
export function isFinished(c: Context): boolean {
  return c.finalized && stateOf(c).finished === c.res;
}

/** Keeps the head of an answer, from here on, beside Hono's context: it becomes a response once, with the body. */
export function keepHead(c: Context): ((draft: Draft) => void)[] {
  const state = stateOf(c);
  if (state.finishing !== undefined) return state.finishing;
  const finishing: ((draft: Draft) => void)[] = [];
  state.finishing = finishing;
  const { body, header, html, json, newResponse, status, text } = c;
  const head = state.isFirst ? { status: 200, fields: {} } : headOf(c);
  state.head = head;
  const handBack = () => {
    state.head = undefined;
    Object.assign(c, { body, header, html, json, newResponse, status, text });
    if (c.finalized) return;
    for (const [name, value] of Object.entries(head.fields))
      for (const each of [value].flat()) header(name, each, { append: true });
  };
  state.handBack = () => state.head && handBack();
  const answer = (sent: unknown, given?: number | object, more?: Readonly<Fields>, type?: string) => {
    if (c.finalized || typeof given === 'object') {
      handBack();
      const own = type === undefined ? more : { 'Content-Type': type, ...more };
      return body(sent as string, given as 200, own as Record<string, string>);
    }
    const fields = { ...head.fields };
    if (type !== undefined) fields['content-type'] = type;
    for (const name in more) fields[name.toLowerCase()] = more[name] as string;
    return answerOf(state, { c, body: sent as string, status: given ?? head.status, fields });
  };
  const own = c as unknown as Record<keyof Context, unknown>;
  own.header = (name: string, value?: string, options?: { append?: boolean }) => {
    if (c.finalized) header(name, value, options);
    else if (value === undefined) delete head.fields[name.toLowerCase()];
    else putField(head.fields, name, value, options?.append);
  };
  own.status = (code: number) => {
    head.status = code;
    status(code as 200);
  };
  own.body = (sent: unknown, given?: number, more?: Readonly<Fields>) => answer(sent, given, more);
  own.json = (value: unknown, given?: number, more?: Readonly<Fields>) =>
    answer(JSON.stringify(value), given, more, 'application/json');
  own.text = (sent: string, given?: number, more?: Readonly<Fields>) =>
    answer(sent, given, more, 'text/plain; charset=UTF-8');
  own.html = (sent: string | Promise<string>, given?: number, more?: Record<string, string>) => {
    if (typeof sent === 'string') return answer(sent, given, more, 'text/html; charset=UTF-8');
    handBack();
    return html(sent, given as 200, more);
  };
  own.newResponse = (...all: Parameters<Context['newResponse']>) => {
    handBack();
    return newResponse(...all);
  };
  return finishing;
}

/** The head as it is set so far. */
export function headSoFar(c: Context): Head {
  const { head } = stateOf(c);
  return head === undefined || c.finalized ? headOf(c) : head;
}

/** The same, from Hono's own context. */
function headOf(c: Context): Head {
  const { headers, status } = c.body(null);
  const fields: Fields = {};
  headers.forEach((value, name) => {
    putField(fields, name, value, true);
  });
  return { status, fields };
}

/** Sets a field, or adds to it, as `Headers` do; what they refuse they refuse here. */
function putField(fields: Fields, name: string, given: string, append?: boolean): void {
  let value = String(given);
  if (/^[\t\n\r ]|[\t\n\r ]$|[\0\r\n\u0100-\uffff]/.test(value)) {
    value = value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
    new Headers().append(name, value);
  }
  const key = fieldNames.get(name) ?? fieldName(name);
  const before = append ? fields[key] : undefined;
  if (before === undefined) fields[key] = value;
  else fields[key] = key === 'set-cookie' ? [before, value].flat() : `${before}, ${value}`;
}

/** Names of fields that were put before, as `Headers` have them. */
const fieldNames = new Map<string, string>();

function fieldName(name: string): string {
  new Headers().append(name, '');
  const key = name.toLowerCase();
  // Few applications set more: what they make up must not fill the memory.
  if (fieldNames.size < 200) fieldNames.set(name, key);
  return key;
}

function answerOf(state: RequestState, draft: Draft): Response {
  const { body: sent, fields } = draft;
  if (isLeftAlone(state, fields)) return leftAlone(state, draft);
  if (!isWhole(sent)) return responseOf(draft);
  // Encoded once: for the tag, for the length and on the wire. Below this length that costs more than it saves, as for Express.
  if (typeof sent === 'string' && sent.length > 1000) draft.body = Buffer.from(sent);
  const finishing = state.finishing ?? [];
  for (let index = finishing.length - 1; index >= 0; index--) finishing[index]?.(draft);
  const answer = responseOf(draft);
  state.finished = answer;
  state.answer = answer;
  state.sent = sent;
  return answer;
}

/** A body that is at hand, and is not empty. */
const isWhole = (body: unknown): body is string | Bytes =>
  typeof body === 'string' ? body !== '' : body instanceof Uint8Array && body.length > 0;

/** What was written with `res.end` needs no more; a stream may be asked for by HEAD. */
function leftAlone(state: RequestState, draft: Draft): Response {
  const answer = responseOf(draft);
  if (state.isEnded) state.finished = answer;
  return answer;
}

/** Streams, files and what was written with `res.end` go out as they are. */
function isLeftAlone({ isEnded, isStreamed }: RequestState, fields: Fields): boolean {
  return (
    isEnded === true ||
    isStreamed === true ||
    fields['x-hono-already-sent'] !== undefined ||
    fields['transfer-encoding'] !== undefined ||
    String(fields['content-type'] ?? '').startsWith('text/event-stream')
  );
}

/** The server takes a head as it is. Where `Headers` are made of it instead, each of several cookies is a line of its own. */
function responseOf({ body, status, fields }: Draft): Response {
  if (typeof fields['set-cookie'] === 'object') {
    const lines = () =>
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((line) => [name, line]));
    Object.defineProperty(fields, Symbol.iterator, { value: () => lines().values() });
  }
  return new Response(body, { status, headers: fields as Record<string, string> });
}

/** A field of the head as it is set so far. */
export function fieldSoFar(c: Context, name: string): string | undefined {
  const { head } = stateOf(c);
  if (head === undefined) return c.body(null).headers.get(name) ?? undefined;
  const value = head.fields[name];
  return typeof value === 'object' ? value.join(', ') : value;
}
