import type { ExpectedDifference } from '../../model/changeset.ts';
import type { Waiver, WaiverUse } from '../../model/waiver.ts';
import { isOnlyNotFound, matchesPlace, takes, VALUE_KINDS } from '../../workspace/waivers/narrow.ts';
import type { Found } from '../compare/found.ts';
import { sameRoute } from '../limits.ts';
import type { Announced } from './announced.ts';
import { hasTrait, type Occasion } from './occasion.ts';
import { isSame } from './same.ts';
import { fitsValue, isExact } from './values.ts';

/** A waiver that covers a difference. */
export interface Cover {
  id: string;
  /** It says by value what the new side gives there: nothing else can hide behind it. */
  states: boolean;
  /** It counts only in exchanges of a kind. */
  conditional: boolean;
  /** It takes exchanges that nobody answers on the new side. */
  isUnanswered: boolean;
}

/** The waivers of a run: asked for each difference, they count how often they served. */
export interface Waivers {
  /**
   * The waiver that covers a difference, or null.
   *
   * @param noisy the old side does not repeat itself at this place
   * @param occasion the exchange it stands in; without it waivers that ask for one do not count
   */
  covers(route: string, found: Found, noisy?: boolean, occasion?: Occasion): Cover | null;
  /** Counts exchanges that a waiver served: one, unless told otherwise. */
  used(id: string, exchanges?: number): void;
  uses(): WaiverUse[];
  /** Waivers that did not count or serve, a sentence each; of those that were prepared, only the edits that are gone. */
  warnings(): string[];
}

/**
 * @param target runtime and version of the new side
 * @param today ISO date that expiry is measured against
 * @param announced what the new side's edits announced; without it waivers that have an owner do not count
 */
export function waivers(
  list: readonly (Waiver & Partial<Pick<WaiverUse, 'state' | 'places'>>)[],
  target: { runtime: string; version: string },
  today: string,
  announced?: Announced,
): Waivers {
  const all = list.map(({ state, places, ...waiver }, i) => {
    const found = waiver.owner && (announced?.places(waiver.owner) ?? places);
    return {
      ...{ id: `waiver-${i + 1}`, waiver, exchanges: 0, places: found },
      expired: waiver.expires < today,
      unowned: state === 'unowned' || (announced !== undefined && found?.length === 0),
    };
  });
  const isOwners = ({ owner }: Waiver, route: string, found: Found): boolean =>
    owner === undefined ||
    (announced?.differences(owner, route).some((each) => isAnnounced(each, found)) ?? false);
  const fits = ({ waiver, expired }: (typeof all)[number], route: string, found: Found, noisy: boolean) =>
    !expired &&
    (!waiver.noise || (noisy && VALUE_KINDS.test(found.kind))) &&
    (waiver.route === '*' || sameRoute(waiver.route, route)) &&
    takes(waiver.location, found) &&
    (waiver.kind === undefined || waiver.kind === found.kind) &&
    (waiver.runtime === undefined || isTarget(waiver.runtime, target)) &&
    fitsValue(waiver.old, found.old) &&
    fitsValue(waiver.new, found.new) &&
    isOwners(waiver, route, found);
  const isOccasion = (waiver: Waiver, route: string, found: Found, occasion: Occasion): boolean =>
    (waiver.same === undefined || isSame(waiver.same, found, occasion)) &&
    (waiver.when === undefined || waiver.when.some((trait) => hasTrait(trait, route, occasion))) &&
    (waiver.follows === undefined || leads(waiver, route, occasion));
  /** What a waiver follows differs too, and is waived by one of the same owner that follows nothing itself. */
  const leads = ({ follows = '', owner }: Waiver, route: string, occasion: Occasion): boolean =>
    occasion.all.some(
      (other) =>
        matchesPlace(follows, other.location) &&
        all.some(
          (each) =>
            each.waiver.follows === undefined &&
            sameOwner(each.waiver.owner, owner) &&
            fits(each, route, other, false) &&
            isOccasion(each.waiver, route, other, occasion),
        ),
    );
  return {
    covers(route, found, noisy = false, occasion) {
      const hit = all.find((each) => {
        if (!fits(each, route, found, noisy)) return false;
        if (occasion !== undefined) return isOccasion(each.waiver, route, found, occasion);
        const { same, when, follows } = each.waiver;
        return same === undefined && when === undefined && follows === undefined;
      });
      if (!hit) return null;
      const { id, waiver } = hit;
      const conditional = waiver.when !== undefined || waiver.follows !== undefined;
      const states = isExact(waiver.new) || waiver.same !== undefined;
      return { id, states, conditional, isUnanswered: isOnlyNotFound(waiver) };
    },
    used(id, exchanges = 1) {
      const one = all.find((candidate) => candidate.id === id);
      if (one) one.exchanges += exchanges;
    },
    uses: () =>
      all.map(
        ({ id, waiver, expired, unowned, exchanges, places }): WaiverUse => ({
          ...waiver,
          id,
          state: expired ? 'expired' : unowned ? 'unowned' : exchanges > 0 ? 'used' : 'dead',
          exchanges,
          ...(places && { places }),
        }),
      ),
    warnings: () => [...new Set(all.flatMap(warningOf))],
  };
}

/** What is said of a waiver that did not count or serve: of those that were prepared, once for an edit. */
function warningOf(one: { waiver: Waiver; expired: boolean; unowned: boolean; exchanges: number }): string[] {
  const { waiver, expired, unowned, exchanges } = one;
  const { owner, route, location, expires } = waiver;
  const edit = owner && `${owner.codemod}/${owner.rule} in ${owner.files.join(', ')}`;
  if (expired)
    return edit
      ? [`The waivers prepared for ${edit} expired on ${expires} and do not count.`]
      : [`The waiver for ${route} ${location} expired on ${expires} and does not count.`];
  if (unowned)
    return [
      `The waivers prepared for ${edit} do not count: no applied change set of the new side has that edit.`,
    ];
  return exchanges === 0 && owner === undefined
    ? [
        `The waiver for ${route} ${location} matched nothing in this run: remove it if it is no longer needed.`,
      ]
    : [];
}

/** Whether an edit announced a difference: at this place, of this kind, with these values. */
const isAnnounced = ({ location, kind, old, new: next }: ExpectedDifference, found: Found): boolean =>
  matchesPlace(location, found.location) &&
  (kind === undefined || kind === found.kind) &&
  fitsValue(old, found.old) &&
  fitsValue(next, found.new);

const sameOwner = (a: Waiver['owner'], b: Waiver['owner']): boolean =>
  a?.codemod === b?.codemod && a?.rule === b?.rule && a?.files.join() === b?.files.join();

const isTarget = (selector: string, { runtime, version }: { runtime: string; version: string }): boolean => {
  const [name, wanted] = selector.split('@');
  return name === runtime && (wanted === undefined || version === wanted || version.startsWith(`${wanted}.`));
};
