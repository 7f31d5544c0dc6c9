import type { SignalKind, SignalRow } from '../model/monitoring.ts';
import type { Verdict } from '../model/verdict.ts';
import { BY_TIME, keyOf, type Told } from './tally.ts';

/** Every name that a side told, with what became of it. */
export function compareTold(old: Told, again: Told, next: Told): SignalRow[] {
  const keys = new Set([old, again, next].flatMap(({ counts }) => [...counts.keys()]));
  const rows = [...keys].flatMap((key): SignalRow[] => {
    const [one, two, three] = [old, again, next].map(({ counts }) => counts.get(key));
    const known = one ?? two ?? three;
    if (!known) return [];
    const { count: _, ...about } = known;
    const counted = { old: one?.count ?? 0, again: two?.count ?? 0, new: three?.count ?? 0 };
    return [{ ...about, ...counted, verdict: verdictOf(about.kind, counted) }];
  });
  return joinMoved(rows).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function verdictOf(
  kind: SignalKind,
  { old, again, new: next }: Record<'old' | 'again' | 'new', number>,
): SignalRow['verdict'] {
  if (old === 0 && again === 0) return 'only-new';
  if (old === 0 || again === 0) return 'unsteady';
  if (next === 0) return 'missing';
  if (BY_TIME.has(kind)) return 'same';
  if (next >= Math.min(old, again) && next <= Math.max(old, again)) return 'same';
  if (old !== again) return 'unsteady';
  return next < old ? 'fewer' : 'more';
}

/** Spans that are missing under one name and new under another have moved: they came, with another parent. */
function joinMoved(rows: readonly SignalRow[]): SignalRow[] {
  const taken = new Set<SignalRow>();
  const moved = rows.map((row): SignalRow => {
    if (row.kind !== 'span' || row.verdict !== 'missing') return row;
    const there = rows.find(
      (other) =>
        other.verdict === 'only-new' && other.via === row.via && other.name === row.name && !taken.has(other),
    );
    if (!there) return row;
    taken.add(there);
    return { ...row, new: there.new, verdict: 'moved', underNew: there.under };
  });
  return moved.filter((row) => !taken.has(row));
}

/** Differences told in words. */
const MOST = 5;

/** Whether monitoring sees of the new side what it sees of today's. */
export function judgeTold(rows: readonly SignalRow[]): { outcome: Verdict; reasons: string[] } {
  const told = rows.filter(({ old, again }) => old > 0 && again > 0);
  if (told.length === 0)
    return {
      outcome: 'INCONCLUSIVE',
      reasons: [
        rows.some((row) => row.new > 0)
          ? 'Nothing arrived from today’s side, so there is nothing to hold the new one against.'
          : 'Nothing arrived from either side: it has no monitoring, or does not send it where its environment says.',
      ],
    };
  const wrong = rows.filter(({ verdict }) => ['missing', 'fewer', 'more', 'moved'].includes(verdict));
  const kinds = [...new Set(told.map(({ kind }) => kind))];
  if (wrong.length === 0)
    return {
      outcome: 'PASS',
      reasons: [
        `All of ${plural(told.length, 'name')} ${told.length === 1 ? 'arrives' : 'arrive'} from the new side as from today's: ${countedBy(told, kinds)}.`,
      ],
    };
  const rest = wrong.length - MOST;
  return {
    outcome: 'FAIL',
    reasons: [
      ...wrong.slice(0, MOST).map(sentenceOf),
      ...(rest > 0 ? [`And ${rest} more names differ.`] : []),
    ],
  };
}

function countedBy(rows: readonly SignalRow[], kinds: readonly SignalKind[]): string {
  return kinds.map((kind) => plural(rows.filter((row) => row.kind === kind).length, kind)).join(', ');
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** One row that is not the same, as a sentence. */
export function sentenceOf(row: SignalRow): string {
  const { kind, name, under, via, verdict, old, new: next } = row;
  const what = `${kind} ${name} (${via})`;
  const where = (parent: string | null | undefined) => (parent ? `under ${parent}` : 'a root');
  if (verdict === 'missing')
    return `No ${what}${under ? ` under ${under}` : ''} arrives from the new side: ${old} from today's.`;
  if (verdict === 'moved')
    return `The ${what} is ${where(row.underNew)} on the new side, ${where(under)} on today's.`;
  return `${next} of ${what} from the new side, ${old} from today's.`;
}
