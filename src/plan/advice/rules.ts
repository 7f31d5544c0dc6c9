import type { Inventory } from '../../model/inventory.ts';
import type { Reason } from '../../model/plan.ts';
import { countedSentence, matches } from '../../rules/match.ts';
import type { Rule } from '../../rules/rule.ts';
import { applicationSubjects, isOfTools, toolSubjects } from '../../rules/subjects.ts';
import type { Target } from '../../rules/targets.ts';

/** What is worth doing beside a switch to a target, by what the repository shows: each with its place, source and date. */
export function adviceFor(inventory: Inventory, rules: readonly Rule[], target: Target): Reason[] {
  const application = applicationSubjects(inventory);
  const all = [...application, ...toolSubjects(inventory)];
  const advice = rules.filter(({ severity }) => severity === 'advice');
  const found = advice.flatMap((rule) => matches([rule], target, isOfTools(rule) ? all : application));
  return found.map((match) => ({
    ...{ sentence: countedSentence(match), location: match.places[0] ?? null, known: 'table' as const },
    ...{ source: match.rule.source, asOf: match.rule.asOf },
  }));
}
