import type { Inventory, Route } from '../model/inventory.ts';
import type { Reason } from '../model/plan.ts';
import type { Rule } from '../rules/rule.ts';
import type { WorkersPackages } from './table.ts';

/** Packages named before the rest is only counted. */
const MOST_NAMES = 6;

/** Of a route, the packages it uses of which nothing is known on Workers: neither a rule nor a measurement. */
export type Unmeasured = (route: Route) => string[];

/** @param measured packages that answered on workerd as on Node */
export function unmeasuredOnWorkers(
  inventory: Inventory,
  rules: readonly Rule[],
  measured: WorkersPackages,
): Unmeasured {
  // Compiled code is judged whatever package holds it.
  const judged = new Set([...inventory.frameworks, ...inventory.nativeAddons].map((item) => item.package));
  for (const rule of rules) {
    if (rule.severity === 'advice' || !rule.targets.includes('workers')) continue;
    for (const when of rule.when) if ('package' in when) judged.add(when.package);
  }
  for (const { name } of measured.packages) judged.add(name);
  return (route) => {
    const names = route.needs.flatMap((need) => (need.kind === 'package' ? [need.name] : []));
    return [...new Set(names)].filter((name) => !judged.has(name));
  };
}

/** Why an application's move to Workers is not known: what its routes use was not measured there. Most used first. */
export function unmeasuredReasons({ routes }: Inventory, unmeasured: Unmeasured): Reason[] {
  const users = new Map<string, number>();
  for (const route of routes)
    for (const name of unmeasured(route)) users.set(name, (users.get(name) ?? 0) + 1);
  const names = [...users].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return names.length === 0 ? [] : [unmeasuredReason(names, null)];
}

/** @param location of the route that uses them; null for the whole application */
export function unmeasuredReason(names: readonly string[], location: Reason['location']): Reason {
  const rest = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  const list = rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
  const verb = names.length === 1 ? 'does' : 'do';
  return { sentence: `what ${list} ${verb} on Workers was not measured`, location, known: 'heuristic' };
}
