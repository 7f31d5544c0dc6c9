import type { ExpressFunction, RouterValue } from '../../../../src/workspace/express/program.ts';
import { functionsIn, packagesIn } from '../../../../src/workspace/express/registrations.ts';
import { passesErrorsOn } from '../../packages/_known.ts';
import type { Conversion, Unit } from '../../state/conversion.ts';
import { isErrorHandler, registrationsOf } from '../routes/registrations.ts';
import { cannotFail, isAlwaysThere, isLater } from './error-chains.ts';
import { mayFail } from './failing-errors.ts';
import { mayRecover } from './recovery.ts';

/** Applications whose error handlers need Express's rules: which come first, which see what, which pass on. */
const ruled = new WeakMap<Conversion, ReadonlySet<RouterValue>>();

/** An application with one error handler, after everything else, always there, that cannot fail has Hono's `onError`. */
function needsRules(conversion: Conversion, router: RouterValue): boolean {
  const all = conversion.program.registrations.filter(({ on }) => on === router);
  const errors = all.filter(isErrorHandler);
  const [only] = errors;
  if (only === undefined) return false;
  if (errors.length > 1 || only.handlers.length > 1 || only.pathNode !== null) return true;
  if (!isAlwaysThere(conversion, only)) return true;
  if (only.handlers.flatMap(packagesIn).some(passesErrorsOn)) return true;
  if (only.handlers.flatMap(functionsIn).some(mayRecover)) return true;
  if (only.handlers.some((each) => each.kind === 'as-is' && mayPassOn(conversion, each.functions)))
    return true;
  // What `--parity idiomatic` leaves to Hono is the end of an error as well.
  if (conversion.idiomatic === null && only.handlers.flatMap(functionsIn).some(mayFail)) return true;
  const later = all.filter((each) => each !== only && isLater(conversion, only, each, all));
  return !later.every((each) => conversion.idiomatic !== null && cannotFail(each));
}

/** Whether an error handler that stays as it is hands errors on. */
const mayPassOn = ({ options }: Conversion, functions: readonly ExpressFunction[]): boolean =>
  (options.asItIs ?? []).some(
    ({ fn, passesOn }) => passesOn && functions.some(({ node }) => node === fn.node),
  );

export function ruledApps(conversion: Conversion): ReadonlySet<RouterValue> {
  const known = ruled.get(conversion);
  if (known !== undefined) return known;
  const apps = conversion.program.routers.filter(({ kind }) => kind === 'app');
  const found = new Set(apps.filter((app) => needsRules(conversion, app)));
  ruled.set(conversion, found);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const fn of conversion.program.functions) {
      const on = registrationsOf(fn).map((each) => each.on);
      if (fn.kind !== 'error-handler' || !on.some((each) => each.kind === 'router' || found.has(each)))
        continue;
      for (const each of on) if (each.kind === 'app') found.add(each);
    }
  }
  return found;
}

/** Whether `next(err)` of an error handler reaches another one: then it is thrown on, else Express's page answers. */
export function passesOn(conversion: Conversion, unit: Unit): boolean {
  const apps = ruledApps(conversion);
  return unit.fn.uses.some(
    (use) =>
      use.kind === 'registered' && (use.registration.on.kind === 'router' || apps.has(use.registration.on)),
  );
}
