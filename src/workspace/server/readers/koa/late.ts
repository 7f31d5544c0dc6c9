import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import { enclosingFunction } from '../../../syntax/walk.ts';
import type { Scope, Step } from '../../model.ts';

/**
 * A router copies what another one holds when it is given it: what comes after is not served below it. Told where both
 * stand in one function, one after the other. Source: `Router.prototype.use` of @koa/router 15.
 */
export function leaveOutLate({ steps }: Scope, calls: ReadonlyMap<Step, ExternalCall>): void {
  for (const step of steps) {
    const mount = step.kind === 'mount' ? calls.get(step) : undefined;
    if (step.kind !== 'mount' || mount === undefined) continue;
    const around = enclosingFunction(mount.file, mount.node);
    const late = step.scope.steps.filter((one) => {
      const call = calls.get(one);
      return (
        call?.file === mount.file &&
        call.node.end > mount.node.end &&
        enclosingFunction(call.file, call.node) === around
      );
    });
    if (late.length > 0) step.without = new Set(late);
  }
}
