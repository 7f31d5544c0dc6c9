import type { Effect, SideEffects } from './effect.ts';
import { asFiles, bucketOf } from './match.ts';

interface Unified {
  old: Effect[];
  again: Effect[];
  new: Effect[];
  /** Which bucket stands for which folder, in words. */
  mapped: string[];
}

/**
 * The effects of all sides in one list each. Where one side stores objects and the other files, objects are told as the
 * files they stand for, so that moving from a disk to a bucket is compared key by key.
 */
export function unified(seen: { old: SideEffects; again: SideEffects; new: SideEffects }): Unified {
  const mapped: string[] = [];
  const objects = ({ objects: own }: SideEffects) => own ?? [];
  const told = (side: SideEffects, other: SideEffects, name: string): Effect[] => {
    if (other.objects !== null) return objects(side);
    return buckets(objects(side)).flatMap((own) => {
      const [first] = own;
      const files = asFiles(own, other.files ?? []);
      if (!first || !files) return own;
      const text = `${first.store} ${bucketOf(first.place)} of the ${name} side stands for the folder ${files.folder}`;
      if (!mapped.includes(text)) mapped.push(text);
      return files.effects;
    });
  };
  const list = (side: SideEffects, other: SideEffects, name: string): Effect[] => [
    ...(side.files ?? []),
    ...told(side, other, name),
    ...outgoing(side),
  ];
  return {
    old: list(seen.old, seen.new, 'old'),
    again: list(seen.again, seen.new, 'old'),
    new: list(seen.new, seen.old, 'new'),
    mapped,
  };
}

function buckets(objects: readonly Effect[]): Effect[][] {
  const by = new Map<string, Effect[]>();
  for (const one of objects) {
    const key = `${one.store} ${bucketOf(one.place)}`;
    by.set(key, [...(by.get(key) ?? []), one]);
  }
  return [...by.values()];
}

/** Calls; those made while the application started count once each, because it may be asked often whether it is ready. */
function outgoing({ outgoing: calls }: SideEffects): Effect[] {
  const atStart = new Set<string>();
  return (calls ?? []).filter((call) => {
    if (call.exchange !== 0) return true;
    const key = `${call.place} ${call.sha256}`;
    if (atStart.has(key)) return false;
    atStart.add(key);
    return true;
  });
}
