import type { Cell } from '../../model/comparison.ts';
import type { RunReport } from '../../model/verdict.ts';
import type { WaiverUse } from '../../model/waiver.ts';
import { plural } from '../format.ts';

/** Waivers of one edit, or of nobody, with what they accepted. */
export interface Waived {
  /** `express-to-hono/parity/etag`; null for those that the team wrote. */
  owner: string | null;
  /** Where its edits stand, in the old code. */
  places: string[];
  waivers: WaiverUse[];
  /** Differences that they accepted, exchange by exchange. */
  differences: number;
  expires: string;
}

/** Places of one edit before the rest is only counted. */
const MOST = 3;

/** What waivers accepted in a run: by edit where they were prepared for one, else each for itself. Most first. */
export function waivedBy({ waivers, cells }: Pick<RunReport, 'waivers' | 'cells'>): Waived[] {
  const groups = new Map<string, WaiverUse[]>();
  for (const waiver of waivers) {
    if (waiver.state !== 'used') continue;
    const { owner, id } = waiver;
    const key = owner ? `${owner.codemod}/${owner.rule} ${owner.files.join()}` : id;
    groups.set(key, [...(groups.get(key) ?? []), waiver]);
  }
  return [...groups.values()]
    .map((group): Waived => {
      const [first] = group;
      const ids = new Set(group.map(({ id }) => id));
      return {
        owner: first?.owner ? `${first.owner.codemod}/${first.owner.rule}` : null,
        places: (first?.places ?? []).map(({ file, line }) => `${file}:${line}`),
        waivers: group,
        differences: countOf(cells, ids),
        expires: group.map(({ expires }) => expires).sort()[0] ?? '',
      };
    })
    .sort((a, b) => b.differences - a.differences);
}

const countOf = (cells: readonly Cell[], ids: ReadonlySet<string>): number =>
  cells
    .filter(({ explained }) => explained?.by === 'waiver' && ids.has(explained.id))
    .reduce((sum, { exchanges }) => sum + exchanges, 0);

/** `61 differences, owned by express-to-hono/parity/x-powered-by at src/app.js:16`. */
export function waivedLine({ owner, places, waivers, differences }: Waived): string {
  const count = plural(differences, 'difference');
  if (owner === null) {
    const [one] = waivers;
    return `${count}: ${one?.route} ${one?.location}: ${one?.reason}`;
  }
  const rest = places.length > MOST ? ` and ${places.length - MOST} more` : '';
  const at = places.length > 0 ? ` at ${places.slice(0, MOST).join(', ')}${rest}` : '';
  return `${count}, owned by ${owner}${at}`;
}
