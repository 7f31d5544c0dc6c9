import type { ExternalValue } from '../syntax/flow/values.ts';
import type { Place, Scope } from './model.ts';

/** The scopes of one framework's values: applications, routers, the instances of plugins. */
export interface Scopes {
  /** The scope of a value, made where it is first met; `place` is where it stands if no call made it. */
  of(value: ExternalValue, place?: Place): Scope;
  readonly all: ReadonlyMap<ExternalValue, Scope>;
}

/**
 * @param kindOf what a value is
 * @param made called once for each scope, before anything is told of it
 */
export function createScopes(
  about: Pick<Scope, 'framework' | 'middleware'>,
  kindOf: (value: ExternalValue) => Scope['kind'],
  made: (scope: Scope, value: ExternalValue) => void = () => {},
): Scopes {
  const all = new Map<ExternalValue, Scope>();
  const scopeOf = (value: ExternalValue, place?: Place): Scope => {
    const known = all.get(value);
    if (known !== undefined) return known;
    const creation = value.calls.at(-1) ?? place;
    const location = creation ? creation.file.locate(creation.node.start) : { file: '', line: 1, column: 1 };
    const scope: Scope = { ...about, kind: kindOf(value), location, steps: [] };
    all.set(value, scope);
    if (value.copyOf !== null) scope.copyOf = scopeOf(value.copyOf, place);
    made(scope, value);
    return scope;
  };
  return { of: scopeOf, all };
}
