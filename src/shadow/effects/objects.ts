import type { StoredObject } from '../../runtimes/index.ts';
import type { Effect } from './effect.ts';

/** Objects of buckets and keys of namespaces as effects. What was there before the run was put there by the state. */
export const objectEffects = (stored: readonly StoredObject[], before: readonly StoredObject[]): Effect[] => {
  const placeOf = ({ store, bucket, key }: StoredObject) => `${store} ${bucket}/${key}`;
  const known = new Map(before.map((one) => [placeOf(one), one]));
  const now = new Set(stored.map(placeOf));
  const effect = (one: StoredObject, did: Effect['did']): Effect => ({
    ...{ store: one.store, place: `${one.bucket}/${one.key}`, did, at: one.at },
    ...(did === 'deleted'
      ? { size: 0, sha256: '', bytes: null, at: null }
      : {
          size: one.size,
          sha256: one.sha256,
          bytes: one.body === null ? null : Buffer.from(one.body, 'base64'),
        }),
  });
  return [
    ...stored.flatMap((one) => {
      const earlier = known.get(placeOf(one));
      if (earlier?.sha256 === one.sha256) return [];
      return [effect(one, earlier ? 'changed' : 'written')];
    }),
    ...before.filter((one) => !now.has(placeOf(one))).map((one) => effect(one, 'deleted')),
  ];
};
