import type { Registration, RouterValue } from '../../src/workspace/express/program.ts';
import { isFunction } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { type Conversion, refuse } from './conversion.ts';
import { isErrorHandler, routersIn } from './routing.ts';

/** Express mounts a router live; Hono copies its routes, so they must be there when it is mounted. */
export function checkOrder(
  conversion: Conversion,
  router: RouterValue,
  registrations: readonly Registration[],
  byRouter: ReadonlyMap<RouterValue, Registration[]>,
) {
  const errors = registrations.findIndex((each) => isErrorHandler(each));
  const after =
    errors < 0 ? undefined : registrations.slice(errors + 1).find((each) => !isErrorHandler(each));
  if (router.kind === 'router' && after !== undefined && after.file === registrations[errors]?.file) {
    refuse(
      conversion,
      conversion.workOf(after.file),
      after.call,
      'errors/order',
      'this is registered after an error handler, which does not see its errors',
    );
  }
  for (const registration of registrations) {
    for (const mounted of registration.handlers.flatMap(routersIn)) {
      const late = byRouter
        .get(mounted)
        ?.find(
          (each) =>
            each.file === registration.file &&
            each.call.start > registration.call.start &&
            sameFunction(conversion, each, registration),
        );
      if (late !== undefined) {
        refuse(
          conversion,
          conversion.workOf(late.file),
          late.call,
          'routing/order',
          'this route is added after its router was mounted',
        );
      }
      if (mounted.kind === 'app' || mounted === router) {
        refuse(
          conversion,
          conversion.workOf(registration.file),
          registration.call,
          'routing/sub-app',
          'an application is mounted in another one',
        );
      }
    }
  }
}

function sameFunction(conversion: Conversion, a: Registration, b: Registration): boolean {
  const around = (each: Registration) => {
    const { parents } = conversion.workOf(each.file);
    let up: SyntaxNode | undefined = each.call;
    while (up !== undefined && !isFunction(up)) up = parents.get(up);
    return up;
  };
  return around(a) === around(b);
}
