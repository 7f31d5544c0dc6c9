import type { LeftOut } from '../../src/model/changeset.ts';
import { expectedBy, type Seen } from '../../src/shadow/attribute/left-out.ts';
import type { Difference } from './convert.ts';

/** An answer as the probes note it: `200 etag=W/"1" | vary=Accept · {"a":1}`, or `200 etag=undefined vary=Accept full`. */
interface Noted {
  status: string;
  headers: Map<string, string>;
  body: string;
}

/** A difference that the output of the codemod tells in words: which observation, and the words. */
export interface ToldDifference {
  see: string;
  says: string;
}

/**
 * The differences that nobody was told of. Told is what the codemod lists as left out, cell by cell and by the rule that
 * the shadow run goes by, or what `told` finds in the words of its output.
 */
export function untold(
  differences: readonly Difference[],
  leftOut: readonly LeftOut[],
  told: readonly ToldDifference[],
  output: string,
): Difference[] {
  return differences.filter(
    (one) =>
      !isLeftOut(one, leftOut) && !told.some(({ see, says }) => see === one.see && output.includes(says)),
  );
}

function isLeftOut({ was, is }: Difference, leftOut: readonly LeftOut[]): boolean {
  const [old, now] = [noted(was), noted(is)];
  if (old === null || now === null) return false;
  const cells = cellsOf(old, now);
  return cells.length > 0 && cells.every((cell) => expectedBy(cell, leftOut, null, cells).length > 0);
}

function noted(text: string): Noted | null {
  const [, status, fields, body] =
    /^(\d{3}) (.*?) ?· ?(.*)$/s.exec(text) ?? /^(\d{3}) ([a-z-]+=.*[a-z-]+=\S*) (.*)$/s.exec(text) ?? [];
  if (status === undefined || fields === undefined || body === undefined) return null;
  const pairs = fields
    .split(text.includes(' · ') ? ' | ' : / (?=[a-z-]+=)/)
    .filter((field) => field !== '' && !field.endsWith('=undefined'));
  if (pairs.some((pair) => !pair.includes('='))) return null;
  const headers = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return { status, headers: new Map(headers), body };
}

function cellsOf(old: Noted, now: Noted): Seen[] {
  const cells: Seen[] = [];
  const add = (location: string, kind: Seen['kind'], before: string | null, after: string | null) =>
    cells.push({ location, kind, exemplars: [{ old: before, new: after }] });
  if (old.status !== now.status) add('status', 'status', old.status, now.status);
  for (const name of new Set([...old.headers.keys(), ...now.headers.keys()])) {
    const [before, after] = [old.headers.get(name), now.headers.get(name)];
    if (before === after) continue;
    const kind =
      before === undefined ? 'header-added' : after === undefined ? 'header-missing' : 'header-value';
    add(`header:${name}`, kind, before ?? null, after ?? null);
  }
  if (old.body !== now.body) add('body', 'text', old.body || 'no body', now.body || 'no body');
  return cells;
}
