import type { Registration } from '../../../src/workspace/express/program.ts';
import { routersIn } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parityName } from '../edit/imports.ts';
import { registrationsOf } from '../facts/routes/registrations.ts';
import { skipOf } from '../facts/routes/skips.ts';
import { type Conversion, replace, spanOf, type Unit } from '../state/conversion.ts';
import type { Form } from './form.ts';

/** How `next('route')` or `next('router')` goes on; null when it is none, or has no rule. */
export function readSkip(conversion: Conversion, unit: Unit, call: SyntaxNode): Form | null {
  const skip = skipOf(call);
  if (skip === null || unit.next === null) return null;
  const at = registrationsOf(unit.fn);
  if (at.length < unit.fn.uses.length || !/^(handler|middleware)$/.test(unit.fn.kind)) return null;
  if (!at.every((each) => (skip === 'route' ? canSkip(each) : isMountedOnce(conversion, each)))) return null;
  const next = unit.next;
  const registered = unit.fn.uses.filter((use) => use.kind === 'registered');
  const isLast = registered.every(
    ({ registration, position }) => position === registration.handlers.length - 1,
  );
  if (skip === 'route' && isLast) {
    for (const argument of argumentsOf(call))
      replace(conversion, unit.work, argument, [''], 'middleware/next');
    return { kind: 'next', before: [], value: [spanOf(call)], rule: 'middleware/next' };
  }
  if (conversion.dry === 0) {
    for (const { call: registered, on } of at) {
      if (skip === 'route') conversion.skippable.add(registered);
      else conversion.leavable.add(on);
    }
  }
  const name = parityName(conversion, unit.work, skip === 'route' ? 'nextRoute' : 'nextRouter');
  return {
    kind: 'respond',
    before: [],
    value: [`${name}(${unit.context}, ${next})`],
    rule: 'middleware/next',
  };
}

/** A route of its own path and verb, its handlers one by one. */
const canSkip = ({ method, pathNode, handlers, call }: Registration): boolean =>
  method !== 'use' &&
  method !== 'param' &&
  pathNode !== null &&
  handlers.every(({ kind }) => kind !== 'array') &&
  argumentsOf(call).every(({ type }) => type !== 'SpreadElement');

function isMountedOnce(conversion: Conversion, { on }: Registration): boolean {
  if (on.kind === 'app') return false;
  const mounts = conversion.program.registrations.filter((each) =>
    each.handlers.flatMap(routersIn).includes(on),
  );
  return mounts.length === 1 && mounts[0]?.paths.length !== undefined && mounts[0].paths.length < 2;
}
