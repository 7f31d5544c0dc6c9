import type { Inventory, Route } from '../model/inventory.ts';
import type { Incompatibility, Reason, StageItem } from '../model/plan.ts';
import { isFor } from '../rules/match.ts';
import { withProbes } from '../rules/probed.ts';
import type { Rule } from '../rules/rule.ts';
import { applicationSubjects, routeSubjects } from '../rules/subjects.ts';
import { defaultSpec } from '../rules/targets.ts';
import { type Conversion, conversionReasons } from './conversion.ts';
import { incompatibilities } from './incompatibilities.ts';
import { type Unmeasured, unmeasuredReason } from './unmeasured.ts';

/**
 * Each route, and what keeps it from running on Workers: what it uses, what keeps the whole Worker from starting,
 * what the codemod's dry run has against it, and packages of which nothing is known there. A route moves when there is
 * nothing.
 */
export function routeItems(
  inventory: Inventory,
  rules: readonly Rule[],
  conversion: Conversion,
  unmeasured: Unmeasured,
): StageItem[] {
  const target = { name: 'workers' as const, spec: defaultSpec('workers') };
  const stops = (item: Incompatibility) => item.severity === 'blocks' && item.stages.includes('edge-layer');
  const all = withProbes(rules, target);
  const everywhere = incompatibilities(all, target, applicationSubjects(inventory), {
    everyRoute: true,
  }).filter(stops);
  const known = oldest(rules.filter((rule) => isFor(rule, target)));
  const against = conversionReasons(conversion);
  return inventory.routes.map((route) => {
    const own = incompatibilities(all, target, routeSubjects(route, inventory), { each: true }).filter(stops);
    const unknown = unmeasured(route);
    const blocking: Reason[] = [
      ...everywhere,
      ...own,
      ...(route.framework === 'express' ? against(route) : uncarried(inventory, route)),
      ...(unknown.length > 0 ? [unmeasuredReason(unknown, route.handler ?? route.location)] : []),
    ];
    return {
      name: `${route.method.toUpperCase()} ${route.path}`,
      location: route.location,
      moves: blocking.length === 0,
      reasons:
        blocking.length === 0
          ? [
              {
                sentence: 'nothing it uses, as far as its calls could be followed, is missing on Workers',
                location: route.handler ?? route.location,
                known: 'heuristic' as const,
                ...known,
              },
            ]
          : blocking.map(({ sentence, location, known, source, asOf }) => ({
              sentence,
              location,
              known,
              ...(source && { source }),
              ...(asOf && { asOf }),
            })),
    };
  });
}

/** A framework that neither runs on Workers as it is nor is converted: its routes would be written again. */
function uncarried({ frameworks }: Inventory, { framework, location }: Route): Reason[] {
  if (framework === 'hono') return [];
  const name = frameworks.find((item) => item.package === framework)?.name ?? framework;
  const sentence = `no codemod carries a handler of ${name} to Workers: it would be written again`;
  return [{ sentence, location, known: 'heuristic' }];
}

/** What says that nothing is known against a route: the rules, as old as the oldest of them. */
function oldest(rules: readonly Rule[]): Pick<Reason, 'source' | 'asOf'> {
  const [first] = rules.map(({ asOf }) => asOf).sort();
  return { source: `the ${rules.length} rules about Workers`, ...(first && { asOf: first }) };
}
