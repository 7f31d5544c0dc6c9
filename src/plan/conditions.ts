import type { Facts } from './facts.ts';
import type { Condition } from './playbook.ts';

/** The first condition that does not hold, as a sentence; null when all hold. */
export function unmet(conditions: readonly Condition[], facts: Facts): string | null {
  for (const condition of conditions) {
    const value = facts[condition.fact];
    if (!holds(condition, value))
      return fill(condition.otherwise ?? `${condition.fact} is ${value ?? 'not known'}`, facts);
  }
  return null;
}

function holds(condition: Condition, value: string | number | boolean | undefined): boolean {
  const { is, isNot, in: within, atLeast, atMost } = condition;
  if (is !== undefined && value !== is) return false;
  if (isNot !== undefined && value === isNot) return false;
  if (within !== undefined && !within.some((item) => item === value)) return false;
  if (atLeast !== undefined && !(typeof value === 'number' && value >= atLeast)) return false;
  return atMost === undefined || (typeof value === 'number' && value <= atMost);
}

/** Fills `{{fact}}` in a text; an unknown name stays as written. */
export const fill = (text: string, facts: Facts): string =>
  text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) => String(facts[name] ?? whole));
