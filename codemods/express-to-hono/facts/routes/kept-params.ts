import type { Registration } from '../../../../src/workspace/express/program.ts';
import { packagesIn } from '../../../../src/workspace/express/registrations.ts';
import { bridgingOf } from '../../packages/_known.ts';
import { type Conversion, refuse, type Unit } from '../../state/conversion.ts';

/** Registrations with middleware that may make something else of `req.params`, for the handlers after it. */
export function collectKeptParams(conversion: Conversion): void {
  const { program, keptParams, options } = conversion;
  for (const registration of program.registrations) {
    const { call, handlers } = registration;
    const packages = handlers.flatMap(packagesIn);
    const isChanged = packages.some((each) => {
      const bridging = options.onContext?.has(each.node) ? undefined : bridgingOf(each);
      return typeof bridging === 'object' && bridging.changesParams === true;
    });
    if (!isChanged) continue;
    keptParams.add(call);
    refuseTwin(conversion, registration);
  }
}

/** A later route of the same path and method gets parameters of its own in Express, and Hono's context knows paths alone. */
export function refuseTwin(conversion: Conversion, registration: Registration): void {
  const { program } = conversion;
  const later = program.registrations.slice(program.registrations.indexOf(registration) + 1);
  const twin = later.find(
    ({ on, method, paths }) =>
      on === registration.on &&
      (method === registration.method || method === 'all' || registration.method === 'all') &&
      paths.some(({ text }) => registration.paths.some((path) => path.text === text)),
  );
  if (twin === undefined) return;
  const reason = 'parameters of the path are changed by a route of the same path before this one';
  refuse(conversion, conversion.workOf(twin.file), twin.call, 'request/params', reason);
}

/** Whether a function may read parameters that middleware before it has changed. */
export function readsKeptParams({ keptParams }: Conversion, { fn }: Unit): boolean {
  if (keptParams.size === 0) return false;
  return fn.uses.some((use) => use.kind !== 'registered' || keptParams.has(use.registration.call));
}
