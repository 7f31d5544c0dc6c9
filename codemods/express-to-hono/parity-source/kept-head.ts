import type { Context } from 'hono';
import { type Draft, type Fields, type RequestState, stateOf } from './request-state.ts';

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
  const { headers, status: answered } = body(null);
  const fields: Fields = {};
  headers.forEach((value, name) => {
    putField(fields, name, value, true);
  });
  const head = { status: answered as number, fields };
  state.head = head;
  const handBack = () => {
    state.head = undefined;
    Object.assign(c, { body, header, html, json, newResponse, status, text });
    if (c.finalized) return;
    for (const [name, value] of Object.entries(head.fields))
      for (const each of [value].flat()) header(name, each, { append: true });
  };
  state.handBack = () => state.head && handBack();
  const answer = (sent: unknown, given?: number | object, own: Readonly<Fields> = {}) => {
    if (c.finalized || typeof given === 'object') {
      handBack();
      return body(sent as string, given as 200, own as Record<string, string>);
    }
    const all = { ...head.fields };
    for (const [name, value] of Object.entries(own)) all[name.toLowerCase()] = value;
    return answerOf(state, { c, body: sent as string, status: given ?? head.status, fields: all });
  };
  const typed = (sent: unknown, type: string, given?: number, own?: object) =>
    answer(sent, given, { 'Content-Type': type, ...own });
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
  own.body = answer;
  own.json = (value: unknown, given?: number, more?: object) =>
    typed(JSON.stringify(value), 'application/json', given, more);
  own.text = (sent: string, given?: number, more?: object) =>
    typed(sent, 'text/plain; charset=UTF-8', given, more);
  own.html = (sent: string | Promise<string>, given?: number, more?: Record<string, string>) => {
    if (typeof sent === 'string') return typed(sent, 'text/html; charset=UTF-8', given, more);
    handBack();
    return html(sent, given as 200, more);
  };
  own.newResponse = (...all: Parameters<Context['newResponse']>) => {
    handBack();
    return newResponse(...all);
  };
  return finishing;
}

/** Sets a field, or adds to it, as `Headers` do; what they refuse they refuse here. */
function putField(fields: Fields, name: string, given: string, append?: boolean): void {
  const value = String(given).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\0\r\n\u0100-\uffff]/.test(value))
    new Headers().append(name, value);
  const key = name.toLowerCase();
  const before = append ? fields[key] : undefined;
  if (before === undefined) fields[key] = value;
  else fields[key] = key === 'set-cookie' ? [before, value].flat() : `${before}, ${value}`;
}

function answerOf(state: RequestState, draft: Draft): Response {
  const { body: sent, fields } = draft;
  if (typeof sent !== 'string' || sent === '' || isLeftAlone(state, fields)) return responseOf(draft);
  const finishing = state.finishing ?? [];
  for (let index = finishing.length - 1; index >= 0; index--) finishing[index]?.(draft);
  const answer = responseOf(draft);
  state.finished = answer;
  state.answer = answer;
  state.sent = sent;
  return answer;
}

/** Streams, files and what was written with `res.end` go out as they are. */
function isLeftAlone({ isEnded, isStreamed }: RequestState, fields: Fields): boolean {
  return (
    isEnded === true ||
    isStreamed === true ||
    fields['x-hono-already-sent'] !== undefined ||
    fields['transfer-encoding'] !== undefined ||
    fields['content-encoding'] !== undefined ||
    String(fields['content-type'] ?? '').startsWith('text/event-stream')
  );
}

/** `Headers` only where there are several cookies: the server takes all else as it is. */
function responseOf({ body, status, fields }: Draft): Response {
  if (typeof fields['set-cookie'] !== 'object')
    return new Response(body, { status, headers: fields as Record<string, string> });
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields))
    for (const each of [value].flat()) headers.append(name, each);
  return new Response(body, { status, headers });
}

/** A field of the head as it is set so far. */
export function fieldSoFar(c: Context, name: string): string | undefined {
  const { head } = stateOf(c);
  if (head === undefined) return c.body(null).headers.get(name) ?? undefined;
  const value = head.fields[name];
  return typeof value === 'object' ? value.join(', ') : value;
}
