import { shape, shapeAndForm } from './calls.ts';
import type { Effect } from './effect.ts';

/** The same effect of two sides, or what only one of them did. */
export type Matched =
  | { name: string; old: Effect; new: Effect }
  | { name: string; old: Effect; new: null }
  | { name: string; old: null; new: Effect };

/**
 * Pairs the effects of two sides: first by place and content, then by place, then, for places the old side does not
 * repeat itself, by their shape and form. The order in which things were done does not count.
 *
 * @param varies whether a place of the old side is made up anew each time
 */
export function match(
  old: readonly Effect[],
  next: readonly Effect[],
  varies: (effect: Effect) => boolean,
): Matched[] {
  const out: Matched[] = [];
  let [mine, theirs] = [[...old], [...next]];
  const pass = (
    keyOf: (effect: Effect) => string,
    takes: (effect: Effect) => boolean,
    nameOf: (effect: Effect) => string,
  ) => {
    const waiting = new Map<string, Effect[]>();
    // Last first, so that the earliest is taken off the end.
    for (const one of theirs.toReversed()) push(waiting, keyOf(one), one);
    const taken = new Set<Effect>();
    mine = mine.filter((one) => {
      const other = takes(one) ? waiting.get(keyOf(one))?.pop() : undefined;
      if (!other) return true;
      taken.add(other);
      out.push({ name: nameOf(one), old: one, new: other });
      return false;
    });
    theirs = theirs.filter((one) => !taken.has(one));
  };
  const always = () => true;
  pass(exactKey, always, placeName);
  pass(placeName, always, placeName);
  pass((one) => `${formName(one)} ${one.sha256}`, varies, shapeName);
  pass(formName, varies, shapeName);
  for (const one of mine)
    out.push({ name: varies(one) ? shapeName(one) : placeName(one), old: one, new: null });
  for (const one of theirs) out.push({ name: shapeName(one), old: null, new: one });
  return out;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const placeName = ({ store, place }: Effect): string => `${store}:${place}`;
const shapeName = ({ store, place }: Effect): string => `${store}:${shape(place)}`;
const formName = ({ store, place }: Effect): string => `${store}:${shapeAndForm(place)}`;
const exactKey = (one: Effect): string => `${placeName(one)} ${one.sha256}`;

/** Which places the old side does not repeat: those its second instance did not have. */
export function variesOf(again: readonly Effect[]): (effect: Effect) => boolean {
  const repeated = new Set(again.map(placeName));
  return (effect) => !repeated.has(placeName(effect));
}

/**
 * Objects of one side beside files of the other: the folder whose files stand for the bucket's keys is the one under
 * which most of them have the same name (or shape of a name).
 *
 * @returns the objects as files of that folder, and what was found, in words; null when no folder fits
 */
export function asFiles(
  objects: readonly Effect[],
  files: readonly Effect[],
): { effects: Effect[]; folder: string } | null {
  const folders = new Map<string, string[]>();
  for (const { place } of files) {
    const parts = place.split('/');
    for (let depth = 0; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      push(folders, folder, shape(parts.slice(depth).join('/')));
    }
  }
  const keys = objects.map(({ place }) => shape(keyOf(place)));
  let best = { folder: '', hits: 0 };
  for (const [folder, names] of folders) {
    const left = new Map<string, number>();
    for (const name of names) left.set(name, (left.get(name) ?? 0) + 1);
    const hits = keys.filter((key) => {
      const more = left.get(key) ?? 0;
      left.set(key, more - 1);
      return more > 0;
    }).length;
    if (hits > best.hits || (hits === best.hits && hits > 0 && folder.length > best.folder.length))
      best = { folder, hits };
  }
  if (best.hits === 0) return null;
  const { folder } = best;
  const place = (one: Effect) => (folder === '' ? keyOf(one.place) : `${folder}/${keyOf(one.place)}`);
  return {
    folder: folder === '' ? '.' : folder,
    effects: objects.map((one) => ({
      ...one,
      store: 'file',
      place: place(one),
      told: `${one.store} ${one.place}`,
    })),
  };
}

/** The key of an object: its place without the bucket. */
const keyOf = (place: string): string => place.slice(place.indexOf('/') + 1);
/** The bucket of an object. */
export const bucketOf = (place: string): string => place.slice(0, place.indexOf('/'));
