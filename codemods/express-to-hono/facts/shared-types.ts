import { argumentsOf, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { valuesInside } from './taken-out.ts';

/** A helper keeps the Content-Type that its caller has set, and the caller one that its helper sets. */
export function shareTypes(conversion: Conversion): void {
  const calls = [...conversion.calls].map(([call, reached]) => ({
    callers: [...argumentsOf(call), ...valuesInside(conversion, call)].flatMap(
      (each) => conversion.roles.get(unwrap(each))?.unit ?? [],
    ),
    reached,
  }));
  const own = new Set([...conversion.units.values()].filter(({ setsType }) => setsType));
  for (const { callers, reached } of calls) {
    if (reached.some((unit) => own.has(unit))) for (const unit of callers) unit.setsType = true;
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const { callers, reached } of calls) {
      if (!callers.some(({ setsType }) => setsType)) continue;
      for (const unit of reached.filter(({ setsType }) => !setsType)) {
        unit.setsType = true;
        changed = true;
      }
    }
  }
}

/** Where a middleware sets a Content-Type, every handler after it keeps that type. */
export function spreadTypes(conversion: Conversion, continues: (unit: Unit) => boolean): void {
  const units = [...conversion.units.values()];
  if (!units.some((unit) => unit.setsType && continues(unit))) return;
  for (const unit of units) unit.setsType = true;
}
