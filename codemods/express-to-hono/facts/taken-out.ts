import type { FunctionUse } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  child,
  children,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion, Unit } from '../state/conversion.ts';

/** Notes which values of Express stand in objects that helpers take them out of: `reply({ res, message })`. */
export function noteHandedInside(conversion: Conversion): void {
  for (const unit of conversion.units.values()) {
    for (const use of unit.fn.uses) {
      if (use.kind !== 'called') continue;
      const { handedInside } = conversion.workOf(use.file);
      for (const [value, argument] of handedBy(conversion, unit, use) ?? [])
        handedInside.set(value, { call: use.call, argument });
    }
  }
}

/** Whether a call hands a function all that it takes out of an object, each written in the object by its name. */
export const handsAllInside = (conversion: Conversion, unit: Unit, use: FunctionUse): boolean =>
  use.kind === 'called' && handedBy(conversion, unit, use) !== null;

/** The values of Express that a call hands inside an object. */
export function valuesInside(conversion: Conversion, call: SyntaxNode): SyntaxNode[] {
  const helper = conversion.calls.get(call)?.[0];
  const use = helper?.fn.uses.find((each) => each.kind === 'called' && each.call === call);
  if (helper === undefined || use?.kind !== 'called') return [];
  return (handedBy(conversion, helper, use) ?? []).map(([value]) => value);
}

/** Each value with the object that it stands in; null where one is missing, or what stands there may be another. */
function handedBy(
  conversion: Conversion,
  { fn }: Unit,
  { call }: Extract<FunctionUse, { kind: 'called' }>,
): [SyntaxNode, SyntaxNode][] | null {
  if (conversion.calls.get(call)?.length !== 1) return null;
  const found: [SyntaxNode, SyntaxNode][] = [];
  for (const { key, role, position } of fn.takenOut) {
    const argument = argumentsOf(call)[position];
    const isPlain = argumentsOf(call).every(({ type }) => type !== 'SpreadElement');
    if (argument?.type !== 'ObjectExpression' || !isPlain) return null;
    const properties = children(argument, 'properties');
    const named = properties.filter((each) => propertyKeyName(each) === key);
    const [property] = named;
    // What is spread behind it, or has a name that is made as it runs, may take its place; `c` is the name that it gets.
    const isSure = properties.every(
      (each) => each.type === 'Property' && each.computed !== true && propertyKeyName(each) !== 'c',
    );
    const given = property === undefined ? null : child(property, 'value');
    const value = given === null ? null : unwrap(given);
    if (named.length !== 1 || !isSure || value === null) return null;
    if (conversion.roles.get(value)?.role !== role) return null;
    found.push([value, argument]);
  }
  return found;
}
