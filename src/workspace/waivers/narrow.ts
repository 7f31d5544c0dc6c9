import type { Trait, ValueSelector, Waiver } from '../../model/waiver.ts';

/** What the parts of a waiver say of how much it takes. */
type Reach = Pick<Waiver, 'route' | 'location'> & Partial<Waiver>;

/** Kinds that say another value stands in the same place: the only ones that noise can explain. */
export const VALUE_KINDS = /^(header-value|cookie-value|json-value|json-reorder|text|stream)$/;
/** A kind of change that leaves the header or cookie itself free. */
const GOES_OR_COMES = /-(missing|added)$/;

const isWide = (location: string): boolean =>
  /^(\*|body\*|body\.\*|header:\*|cookie:\*|h\*|b\*|c\*)$/.test(location);

/** Why a waiver is not accepted: it would explain whatever happens. Null for one that is narrow enough. */
export function tooWide(waiver: Reach): string | null {
  const { route, location, noise, kind } = waiver;
  for (const side of ['old', 'new'] as const) {
    const why = badPattern(waiver[side]);
    if (why !== null) return `"${side}" ${why}`;
  }
  if (location === '*') return 'location "*" would explain any difference of the route; name the place';
  if (location === 'answer' && waiver.follows === undefined && !isOfNoRoute(waiver))
    return 'location "answer" needs "follows": the difference that makes it another answer';
  if (waiver.follows !== undefined) {
    if (matchesPlace(waiver.follows, location))
      return 'it would follow itself; "follows" names another place';
  } else if (route === '*' && !(location === 'status' ? isStatusNarrow(waiver) : isPlaceNarrow(waiver)))
    return `route "*" with location "${location}" would explain any difference; name the route or the place, or say "old", "new" and "when"`;
  if (!noise) return null;
  if (/^(status|transport|reason|body|latency)$/.test(location) || isWide(location))
    return `a noise rule for "${location}" would cover the whole answer; name the header or the path in the body`;
  if (kind !== undefined && !VALUE_KINDS.test(kind))
    return `a noise rule cannot explain "${kind}": something that comes, goes or changes its type is no noise`;
  return null;
}

/** Whether a waiver takes exchanges of these kinds alone. */
const takesOnly =
  (...kinds: readonly Trait[]) =>
  ({ when = [] }: Pick<Reach, 'when'>): boolean =>
    when.length > 0 && when.every((trait) => kinds.includes(trait));

/** It takes only exchanges in which no route is asked as it is written: another answer there is no route's. */
export const isOfNoRoute = takesOnly('other-case-not-found', 'other-case-served', 'root-slashes');

/** It takes answers alone that say 404 on both sides, where no route is asked as it is written. */
export const isOnlyNotFound = takesOnly('other-case-not-found');

/** On every route a status must be said on both sides, and in which exchanges. */
const isStatusNarrow = ({ old, new: next, when }: Reach): boolean =>
  old !== undefined && next !== undefined && when !== undefined;

function isPlaceNarrow({ location, old, new: next, when, kind }: Reach): boolean {
  if (location === 'transport') return false;
  if (location === 'body' || location === 'reason')
    return [old, next, when].filter((each) => each !== undefined).length > 1;
  return !isWide(location) || (when !== undefined && kind !== undefined && GOES_OR_COMES.test(kind));
}

/** A pattern that takes texts which have nothing in common states nothing. */
function badPattern(value: ValueSelector | undefined): string | null {
  if (typeof value !== 'object' || value === null || !('matches' in value)) return null;
  let pattern: RegExp;
  try {
    pattern = new RegExp(value.matches);
  } catch (error) {
    return `is no pattern: ${(error as Error).message}`;
  }
  const strangers = ['planted', '500', 'x-y:z', '{"a":1}', '\u0001\n'];
  return strangers.filter((text) => pattern.test(text)).length > 1
    ? `matches texts that have nothing in common (${value.matches}); leave it out, or say more`
    : null;
}

/** Headers that tell of the body, and by what it was chosen: those of another answer are its own. */
const OF_THE_BODY =
  /^header:(content-type|content-length|content-encoding|transfer-encoding|etag|last-modified|vary)$/;

/** Whether a selector of places, which may end in `*`, takes a place. */
export const matchesPlace = (selector: string, location: string): boolean =>
  selector.endsWith('*') ? location.startsWith(selector.slice(0, -1)) : selector === location;

/** As much of a difference as a selector looks at. */
interface Place {
  location: string;
  kind: string;
  old?: unknown;
  new?: unknown;
}

/** Whether a selector takes a difference; `answer` stands for what differs with another answer. */
export const takes = (selector: string, { location, kind, old, new: next }: Place): boolean =>
  selector === 'answer'
    ? /^(body|stream|reason)/.test(location) ||
      OF_THE_BODY.test(location) ||
      /^(header|cookie)-missing$/.test(kind) ||
      (kind === 'redirect' && (old === null || next === null))
    : matchesPlace(selector, location);
