import type { Shard } from '../../model/aggregate.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { SamplePlan } from '../../model/samples.ts';
import { isSafe, unsendable } from '../replay/prepare.ts';
import { samplesForBound, zeroDefectBound } from '../statistics.ts';
import { type RouteShape, routeTable } from './routes.ts';
import { shardOf } from './shard.ts';

/** A defect rate that sample sizes are told for, unless a gate asks for another. */
const BOUND = 0.01;

/** What a run could show if nothing differed, before it is started: exchanges of each route, and the bound they allow. */
export function samplePlan(
  exchanges: readonly Exchange[],
  options: { routes: readonly RouteShape[]; writes: 'refused' | 'isolated'; shard?: Shard | undefined },
): SamplePlan {
  const table = routeTable(options.routes);
  const mine = options.shard ? shardOf(exchanges, options.shard) : exchanges;
  const counts = new Map(table.known.map((route) => [route, 0]));
  let total = 0;
  for (const exchange of mine) {
    if (unsendable(exchange) || (options.writes === 'refused' && !isSafe(exchange.request.method))) continue;
    const route = table.of(exchange.request.method, exchange.request.path);
    counts.set(route, (counts.get(route) ?? 0) + 1);
    total++;
  }
  return {
    ...{ total, bound: zeroDefectBound(total), target: BOUND, needed: samplesForBound(BOUND) },
    routes: [...counts]
      .map(([route, count]) => ({ route, exchanges: count, bound: zeroDefectBound(count) }))
      .sort((a, b) => b.exchanges - a.exchanges || (a.route < b.route ? -1 : 1)),
  };
}
