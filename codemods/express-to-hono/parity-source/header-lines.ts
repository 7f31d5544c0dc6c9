import type { Context } from 'hono';
import { changeHead } from './head.ts';
import { fieldSoFar } from './kept-head.ts';
import { stateOf } from './request-state.ts';

const lists = new WeakMap<Context, Map<string, string[]>>();

/** `res.get`: a header set so far; what was set as a list is a list. */
export function responseHeader(c: Context, name: string): string | string[] | undefined {
  if (name.toLowerCase() === 'set-cookie') {
    const cookies = cookiesSoFar(c);
    return cookies.length > 1 ? cookies : cookies[0];
  }
  const lines = linesOf(c, name);
  return lines.length > 1 ? lines : fieldOf(c, name);
}

function cookiesSoFar(c: Context): string[] {
  const { head } = stateOf(c);
  return head === undefined || c.finalized
    ? c.body(null).headers.getSetCookie()
    : [head.fields['set-cookie'] ?? []].flat();
}

const fieldOf = (c: Context, name: string): string | undefined =>
  c.finalized ? (c.body(null).headers.get(name) ?? undefined) : fieldSoFar(c, name.toLowerCase());

/** `res.append`: one more line of this header. */
export function appendHeader(c: Context, name: string, value: string | string[]): void {
  setHeaderLines(c, name, [responseHeader(c, name) || [], value].flat());
}

/** `res.set` with a list: each value on a line of its own, which a `Headers` object can do for cookies only. */
export function setHeaderLines(c: Context, name: string, values: readonly unknown[]): void {
  const lines = values.map(String);
  c.header(name, undefined);
  for (const line of lines) c.header(name, line, { append: true });
  if (name.toLowerCase() === 'set-cookie') return;
  const known = lists.get(c) ?? new Map<string, string[]>();
  if (!lists.has(c) && lines.length < 2) return;
  if (!lists.has(c)) changeHead(c, (headers) => splitLists(known, headers));
  lists.set(c, known.set(name.toLowerCase(), lines));
}

function splitLists(known: Map<string, string[]>, headers: Record<string, unknown>): void {
  for (const [name, lines] of known) {
    if (lines.length > 1 && headers[name] === lines.join(', ')) headers[name] = lines;
  }
}

/** The lines of a header, unless it was given another value since. */
function linesOf(c: Context, name: string): string[] {
  const lines = lists.get(c)?.get(name.toLowerCase()) ?? [];
  return lines.length > 0 && fieldOf(c, name) === lines.join(', ') ? lines : [];
}
