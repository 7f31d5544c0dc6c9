import type { Aggregate } from '../../model/aggregate.ts';
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

/** Each shard had a state of its own, so what was done adds up. */
export function mergeEffects(all: readonly Aggregate[]): Pick<Aggregate, 'effects' | 'state'> {
  const watched = all.flatMap(({ effects }) => effects ?? []);
  const [first] = watched;
  const differs = all.flatMap(({ state }) => (state && state.differs !== null ? [state] : []));
  const state = differs[0] ?? all[0]?.state;
  if (!first) return state ? { state } : {};
  const total = (pick: (one: (typeof watched)[number]) => number) =>
    watched.reduce((sum, one) => sum + pick(one), 0);
  const sumOf = (i: number, side: 'old' | 'new') =>
    watched.reduce<number | null>((sum, { counts }) => {
      const one = counts[i]?.[side] ?? null;
      return sum === null || one === null ? null : sum + one;
    }, 0);
  return {
    ...(state && { state }),
    effects: {
      counts: first.counts.map(({ what }, i) => ({ what, old: sumOf(i, 'old'), new: sumOf(i, 'new') })),
      notObserved: [...new Set(watched.flatMap(({ notObserved }) => notObserved))],
      mapped: [...new Set(watched.flatMap(({ mapped }) => mapped))],
      ...{ same: total(({ same }) => same), explained: total(({ explained }) => explained) },
      different: total(({ different }) => different),
      rows: watched.flatMap(({ rows }) => rows).slice(0, 200),
      cells: mergeBy(
        watched.flatMap(({ cells }) => cells),
        ({ key }) => key,
        joinCells,
      ).map(canonicalCell),
    },
  };
}
