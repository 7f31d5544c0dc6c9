import { packagesIn } from '../../../../src/workspace/express/registrations.ts';
import { bridgingOf } from '../../packages/_known.ts';
import type { Conversion, Unit } from '../../state/conversion.ts';

/** Registrations with middleware that may make something else of `req.params`, for the handlers after it. */
export function collectKeptParams({ program, keptParams, options }: Conversion): void {
  for (const { call, handlers } of program.registrations) {
    const packages = handlers.flatMap(packagesIn);
    const isChanged = packages.some((each) => {
      const bridging = options.onContext?.has(each.node) ? undefined : bridgingOf(each);
      return typeof bridging === 'object' && bridging.changesParams === true;
    });
    if (isChanged) keptParams.add(call);
  }
}

/** Whether a function may read parameters that middleware before it has changed. */
export function readsKeptParams({ keptParams }: Conversion, { fn }: Unit): boolean {
  if (keptParams.size === 0) return false;
  return fn.uses.some((use) => use.kind !== 'registered' || keptParams.has(use.registration.call));
}
