import { createHash } from 'node:crypto';
import type { Effect } from './effect.ts';

/** Ways in which what a side did may be wrong, each planted into the effects of the run itself. */
export const EFFECT_FAULTS = ['effect-lost', 'effect-changed', 'effect-added', 'effect-name-form'] as const;
type EffectFault = (typeof EFFECT_FAULTS)[number];

/** A name made up anew, which a name of another form must not be taken for. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Of each fault this many are planted. */
const MOST = 5;

interface Planting {
  /** Names of the differences nothing explains against this list of the new side. */
  compare(theirs: readonly Effect[]): string[];
  add(fault: EffectFault, effect: Effect, seen: boolean): void;
}

/**
 * Plants faults into the list of the new side, one at a time, and looks whether each is found. Where the old side made
 * the content anew each time no change of it can be told, so none is planted there.
 */
export function plantEffects(
  { old, again, new: next }: { old: readonly Effect[]; again: readonly Effect[]; new: readonly Effect[] },
  varies: (effect: Effect) => boolean,
  { compare, add }: Planting,
): void {
  const before = compare(next);
  const repeated = new Set(again.map(({ sha256 }) => sha256));
  const known = new Set(old.filter((one) => repeated.has(one.sha256)).map(({ sha256 }) => sha256));
  const firm = next.filter(
    (one) => one.did !== 'deleted' && known.has(one.sha256) && (!varies(one) || one.size > 0),
  );
  for (const one of firm.slice(0, MOST)) {
    const others = next.filter((other) => other !== one);
    const plant = (fault: EffectFault, list: Effect[]) => {
      const after = compare(list);
      add(fault, one, after.length > before.length || after.some((name) => !before.includes(name)));
    };
    plant('effect-lost', others);
    if (one.size > 0) plant('effect-changed', [...others, changed(one)]);
    const renamed = one.place.replace(UUID, (id) => id.replaceAll('-', ''));
    if (varies(one) && renamed !== one.place)
      plant('effect-name-form', [...others, { ...one, place: renamed }]);
    plant('effect-added', [...next, { ...one, place: `${one.place}.planted` }]);
  }
}

/** The same effect with one bit of its content flipped. */
function changed(effect: Effect): Effect {
  const bytes = Buffer.from(effect.bytes ?? Buffer.alloc(1));
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  return { ...effect, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
