import type { Incompatibility } from '../model/plan.ts';
import { countedSentence, matches } from '../rules/match.ts';
import type { Rule } from '../rules/rule.ts';
import type { Subject } from '../rules/subjects.ts';
import type { Target } from '../rules/targets.ts';

/**
 * What is known to stop a switch to a target, or to be different after it: the rules that apply but for advice, as
 * {@link matches} finds them.
 */
export const incompatibilities = (
  rules: readonly Rule[],
  target: Target,
  subjects: readonly Subject[],
  options: { each?: boolean; everyRoute?: boolean } = {},
): Incompatibility[] =>
  matches(rules, target, subjects, options).flatMap((match) => {
    const { rule, remedy, places } = match;
    const { id, severity, stages, source, asOf, command } = rule;
    if (severity === 'advice') return [];
    return {
      ...{
        id,
        severity,
        stages,
        sentence: countedSentence(match),
        location: places[0] ?? null,
        known: 'table' as const,
      },
      ...{ source, asOf, remedy, places, command },
    };
  });
