import { createHash } from 'node:crypto';
import type { Plant } from '../../model/aggregate.ts';
import type { Detection } from '../../model/verdict.ts';
import { EFFECT_FAULTS } from '../effects/faults.ts';
import { FAULTS } from './faults.ts';

/** Of each fault this many count, each on another route. */
const ROUTES_PER_FAULT = 5;

/** Where faults are planted: on the routes with the least hashes, so that every way of splitting a run chooses the same. */
export interface Plantings {
  /** Whether a fault planted on this route could still count. */
  wants(fault: string, route: string): boolean;
  add(plant: Plant): void;
  all(): Plant[];
}

const rank = (fault: string, route: string): string =>
  createHash('sha256').update(`${fault}\u0000${route}`).digest('hex').slice(0, 16);

/** @param before plants there are already */
export function plantings(before: readonly Plant[] = []): Plantings {
  const faults = new Map<string, Map<string, { rank: string; plant: Plant }>>();
  const out: Plantings = {
    wants(fault, route) {
      const known = faults.get(fault);
      if (!known) return true;
      if (known.has(route)) return false;
      if (known.size < ROUTES_PER_FAULT) return true;
      const own = rank(fault, route);
      return [...known.values()].some((one) => own < one.rank);
    },
    add(plant) {
      const known = faults.get(plant.fault) ?? new Map<string, { rank: string; plant: Plant }>();
      faults.set(plant.fault, known);
      known.set(plant.route, { rank: rank(plant.fault, plant.route), plant });
      if (known.size <= ROUTES_PER_FAULT) return;
      const [last] = [...known].sort(([, a], [, b]) => (a.rank < b.rank ? 1 : -1));
      if (last) known.delete(last[0]);
    },
    all: () => [...faults.values()].flatMap((known) => [...known.values()].map(({ plant }) => plant)),
  };
  for (const plant of before) out.add(plant);
  return out;
}

/** Plants of several shards as those of one run: on each route the earliest exchange counts. */
export function mergePlants(lists: readonly (readonly Plant[])[]): Plant[] {
  const earliest = new Map<string, Plant>();
  for (const plant of lists.flat()) {
    const key = `${plant.fault}\u0000${plant.route}`;
    const known = earliest.get(key);
    if (!known || plant.exchange < known.exchange) earliest.set(key, plant);
  }
  const out = plantings();
  for (const plant of [...earliest.values()].sort((a, b) => a.exchange - b.exchange)) out.add(plant);
  return out.all();
}

/** The detection score of plants, every fault listed whether or not it could be planted. */
export function detection(plants: readonly Plant[], required: number): Detection {
  const kinds = EFFECT_FAULTS.filter((id) => plants.some(({ fault }) => fault === id));
  const faults = [...FAULTS.map(({ id }) => id), ...kinds].map((id) => {
    const own = plants.filter(({ fault }) => fault === id);
    return { fault: id, planted: own.length, seen: own.filter(({ seen }) => seen).length };
  });
  const planted = plants.length;
  const seen = plants.filter((plant) => plant.seen).length;
  return { planted, seen, score: planted === 0 ? 0 : seen / planted, required, faults };
}
