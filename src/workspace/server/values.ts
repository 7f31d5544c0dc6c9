import type { Flow } from '../syntax/flow/flow.ts';
import { type ExternalValue, holder, type Value } from '../syntax/flow/values.ts';

export const isExternal = (value: Value | null | undefined): value is ExternalValue =>
  value?.kind === 'external';

/** `app.get` split into what it is a member of and the member; null for modules and results of calls. */
export function memberOf(value: Value): { of: ExternalValue; member: string } | null {
  if (value.kind !== 'external' || value.parent === null) return null;
  const member = value.path.at(-1) ?? '';
  return member === '()' ? null : { of: value.parent, member };
}

/** The names by which a value of a package is reached, calls as `()`, `default` left out: `Router.()`. */
export const wayTo = (value: ExternalValue): string =>
  value.path.filter((name) => name !== 'default').join('.');

/** A value of a package that the package makes where no call of the program shows it: a plugin's own instance. */
export const makeExternal = (module: string, path: readonly string[]): ExternalValue => ({
  ...{ kind: 'external', origin: 'package', module, path, parent: null, calls: [], derived: new Map() },
  copyOf: null,
  ...holder(),
});

/** What a module gives whoever loads it: `module.exports`, or its default export. */
export function exportsOf(flow: Flow, value: Value): readonly Value[] {
  if (value.kind !== 'module') return [value];
  const [assigned, byDefault] = [[...value.assigned.values], [...flow.memberOf(value, 'default').values]];
  return assigned.length > 0 ? assigned : byDefault;
}
