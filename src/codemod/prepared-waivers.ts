import type { ExpectedDifference, LeftOut } from '../model/changeset.ts';
import type { Waiver } from '../model/waiver.ts';
import { isOfNoRoute, matchesPlace, tooWide } from '../workspace/waivers/narrow.ts';

/** How long what a codemod prepared is accepted. */
const DAYS = 90;

/** The last day on which waivers that are prepared now count. */
export const lastDay = (now = new Date()): string =>
  new Date(now.getTime() + DAYS * 86_400_000).toISOString().slice(0, 10);

/**
 * Waivers for the differences that left-out behaviours announce, each bound to the edits that make it. A difference that
 * is announced too widely for every route gets none: it has to be accepted where it is seen.
 *
 * @param expires ISO date
 */
export const preparedWaivers = (leftOut: readonly LeftOut[], expires: string): Waiver[] =>
  leftOut.flatMap((each) => {
    const own = waiversOf(each, expires);
    const leads = ({ follows }: Waiver) =>
      own.some((other) => other.follows === undefined && matchesPlace(other.location, follows ?? ''));
    return own.filter((waiver) => waiver.follows === undefined || leads(waiver));
  });

function waiversOf({ codemod, rule, behaviour, places, differences }: LeftOut, expires: string): Waiver[] {
  const files = [...new Set(places.map(({ file }) => file))].sort();
  return compact(differences)
    .map(
      ({ about, ...difference }): Waiver => ({
        route: '*',
        ...difference,
        owner: { codemod, rule, files },
        reason: `${behaviour} left out: ${about}`,
        expires,
      }),
    )
    .filter((waiver) => tooWide(waiver) === null);
}

/** The rest of another answer is one thing. */
function compact(differences: readonly ExpectedDifference[]): ExpectedDifference[] {
  const out: ExpectedDifference[] = [];
  const seen = new Set<string>();
  for (const each of differences) {
    const { follows, when, about } = each;
    if (!isRest(each)) out.push(each);
    else if (!seen.has(`${follows} ${when}`)) {
      seen.add(`${follows} ${when}`);
      out.push({ location: 'answer', ...(follows && { follows }), ...(when && { when }), about });
    }
  }
  return out;
}

const isRest = (each: ExpectedDifference): boolean =>
  each.kind === undefined &&
  each.old === undefined &&
  each.new === undefined &&
  (each.follows !== undefined || isOfNoRoute(each));
