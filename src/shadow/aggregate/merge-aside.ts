import type { Aggregate, StartEffects } from '../../model/aggregate.ts';
import { shownRows } from '../effects/ledger.ts';
import { canonicalCell, joinCells, mergeBy } from './cells.ts';

/** Every shard asked the same; what differed in any of them counts. */
export function mergeProbes(all: readonly Aggregate[]): Pick<Aggregate, 'probes'> {
  const asked = all.flatMap(({ probes }) => probes ?? []);
  const [first] = asked;
  if (!first) return {};
  const rows = mergeBy(
    asked.flatMap(({ rows: own }) => own),
    (row) => `${row.class}/${row.name}`,
    (a, b) => (a.state === 'different' ? a : b),
  );
  const cells = mergeBy(
    asked.flatMap(({ cells: own }) => own),
    ({ key }) => key,
    joinCells,
  ).map(canonicalCell);
  const notObserved = [...new Set(asked.flatMap((one) => one.notObserved))];
  return {
    probes: {
      classes: first.classes,
      rows,
      notObserved,
      cells,
      different: rows.filter(({ state }) => state === 'different').length,
    },
  };
}

/** Each shard had a state of its own, so what exchanges did adds up; what was done at the start counts once. */
export function mergeEffects(all: readonly Aggregate[]): Pick<Aggregate, 'effects' | 'state'> {
  const watched = all.flatMap(({ effects }) => effects ?? []);
  const [first] = watched;
  const differs = all.flatMap(({ state }) => (state && state.differs !== null ? [state] : []));
  const state = differs[0] ?? all[0]?.state;
  if (!first) return state ? { state } : {};
  const start = startOf(watched);
  return {
    ...(state && { state }),
    effects: {
      ...{ ...first, ...added(watched) },
      notObserved: [...new Set(watched.flatMap(({ notObserved }) => notObserved))],
      mapped: [...new Set(watched.flatMap(({ mapped }) => mapped))],
      cells: mergeBy(
        watched.flatMap(({ cells }) => cells),
        ({ key }) => key,
        joinCells,
      ).map(canonicalCell),
      ...(start && { start }),
    },
  };
}

type Done = Pick<StartEffects, 'counts' | 'same' | 'explained' | 'different' | 'rows'>;

/** The effects of a whole run: those of the start and those of its exchanges. */
export function withStart({ start, ...rest }: Watched): Watched {
  return start ? { ...rest, ...added([start, rest]), cells: [...start.cells, ...rest.cells] } : rest;
}

type Watched = NonNullable<Aggregate['effects']>;

/** Sums of what was done apart from each other; not observed in one place is not observed. */
function added(parts: readonly Done[]): Done {
  const total = (pick: (one: Done) => number) => parts.reduce((sum, one) => sum + pick(one), 0);
  const sumOf = (i: number, side: 'old' | 'new') =>
    parts.reduce<number | null>((sum, { counts }) => {
      const one = counts[i]?.[side] ?? null;
      return sum === null || one === null ? null : sum + one;
    }, 0);
  return {
    counts: (parts[0]?.counts ?? []).map(({ what }, i) => ({
      ...{ what, old: sumOf(i, 'old'), new: sumOf(i, 'new') },
    })),
    ...{ same: total(({ same }) => same), explained: total(({ explained }) => explained) },
    different: total(({ different }) => different),
    rows: shownRows(parts.flatMap(({ rows }) => rows)),
  };
}

/** The start that counts: the one with the most differences, so that none is lost. */
function startOf(watched: readonly Watched[]): StartEffects | undefined {
  const [most] = watched
    .flatMap(({ start }) => start ?? [])
    .map((start) => ({ start, text: JSON.stringify(start) }))
    .sort((a, b) => b.start.different - a.start.different || (a.text < b.text ? -1 : 1));
  return most?.start;
}

/** A warning where the sides did not do the same at their start in every shard, which is no part of any exchange. */
export function startWarnings(all: readonly Aggregate[]): string[] {
  const starts = all.flatMap(({ effects }) =>
    effects ? [new Set(effects.start?.rows.map(({ place, state }) => `${place} (${state})`))] : [],
  );
  const [first] = starts;
  const places = new Set(starts.flatMap((one) => [...one]));
  const odd = [...places].filter((place) => starts.some((one) => !one.has(place))).sort();
  if (!first || odd.length === 0) return [];
  return [
    `The sides did not do the same at their start in every shard: ${odd.slice(0, 3).join(', ')}${odd.length > 3 ? `, and ${odd.length - 3} more` : ''}. The start with the most differences is counted.`,
  ];
}
