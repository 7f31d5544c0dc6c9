import type { SamplePlan } from '../../model/samples.ts';
import { percent, plural } from '../format.ts';
import type { Io } from '../io.ts';

/** Before a run: what its sample sizes can show, over all and for the best and the worst covered routes. */
export function printSamples(io: Io, { total, bound, target, needed, routes }: SamplePlan): void {
  const reached = routes.filter(({ exchanges }) => exchanges > 0);
  if (total === 0 || reached.length === 0) return;
  const one = ({ route, exchanges, bound: own }: SamplePlan['routes'][number]) =>
    `${route} ${exchanges} (${percent(own)})`;
  const listed = reached.length <= 4 ? reached : [...reached.slice(0, 2), ...reached.slice(-2)];
  io.line(
    `samples      ${plural(total, 'exchange')} would bound defects below ${percent(bound)} over all; by route ${listed.map(one).join(', ')}` +
      (listed.length < reached.length ? `, and ${reached.length - listed.length} between` : ''),
  );
  const enough = reached.filter(({ exchanges }) => exchanges >= needed).length;
  io.line(
    `             ${io.colors.dim(`${needed} on a route bound its defects below ${percent(target)}: ${enough} of ${plural(reached.length, 'route')} have them`)}`,
  );
}
