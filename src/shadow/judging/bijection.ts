import { compact } from './compact.ts';
import { valueClass } from './values.ts';

/** Remembers which new value stands for which old one. A pair that breaks one-to-one is refused. */
export interface Bijection {
  /** True, and remembered, when neither value was paired with another one before. */
  pair(old: string, next: string): boolean;
  /** One of the two values is already paired with another. */
  broken(old: string, next: string): boolean;
  /** A new value of this class that stands for an old one already; null where there is none. */
  taken(kind: string): string | null;
}

/** A {@link Bijection} that knows what another one knows and keeps what it learns to itself. */
export function onTop(known: Bijection): Bijection {
  const own = bijection();
  return {
    broken: (old, next) => known.broken(old, next) || own.broken(old, next),
    pair: (old, next) => !known.broken(old, next) && own.pair(old, next),
    taken: known.taken,
  };
}

/** An empty {@link Bijection}. It keeps every pair of a run: two short strings for each generated value. */
export function bijection(): Bijection {
  const forth = new Map<string, string>();
  const back = new Map<string, string>();
  const first = new Map<string, string>();
  const broken = (old: string, next: string) =>
    (forth.get(old) ?? next) !== next || (back.get(next) ?? old) !== old;
  return {
    broken,
    taken: (kind) => first.get(kind) ?? null,
    pair(old, next) {
      if (broken(old, next)) return false;
      if (forth.has(old)) return true;
      const [a, b] = [compact(old), compact(next)];
      forth.set(a, b);
      back.set(b, a);
      const kind = valueClass(b);
      if (kind !== null && !first.has(kind)) first.set(kind, b);
      return true;
    },
  };
}
