import { random, shuffled } from './random.ts';

/** One request of a block: when it is meant to start, ms from the start of the block, and which one it is. */
export interface Arrival {
  at: number;
  request: number;
}

/** One block of the load, the same for every side. */
export interface Round {
  arrivals: Arrival[];
  /** In which order the three sides have their turn. */
  order: ('old' | 'again' | 'new')[];
}

export interface ScheduleOptions {
  /** Requests a second. */
  rate: number;
  arrivals: 'poisson' | 'fixed';
  rounds: number;
  blockMs: number;
  /** How many different requests there are. */
  requests: number;
  seed: number;
}

/**
 * Intended starts that do not wait for answers (an open loop): Poisson or evenly spaced. Every request comes as often as
 * any other; the order differs from round to round.
 */
export function schedule({ rate, arrivals, rounds, blockMs, requests, seed }: ScheduleOptions): Round[] {
  const next = random(seed);
  const all = Array.from({ length: requests }, (_, i) => i);
  let deck: number[] = [];
  const draw = (): number => {
    if (deck.length === 0) deck = shuffled(all, next);
    return deck.pop() ?? 0;
  };
  const gap = () => (1000 / rate) * (arrivals === 'fixed' ? 1 : -Math.log(1 - next()));
  return Array.from({ length: rounds }, () => {
    const order = shuffled(['old', 'again', 'new'] as const, next);
    const list: Arrival[] = [];
    for (let at = arrivals === 'fixed' ? 0 : gap(); at < blockMs; at += gap())
      list.push({ at, request: draw() });
    return { arrivals: list, order };
  });
}
