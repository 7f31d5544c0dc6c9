import { type Found, found as makeFound } from '../compare/found.ts';
import { breaksIdentity } from './identity.ts';
import type { Rule, RuleContext } from './rule.ts';
import { RULES } from './rules.ts';

/** Differences sorted into those a rule explains and those left open. */
export interface Explained {
  open: Found[];
  explained: { found: Found; rule: string }[];
}

/** Header differences that are decided once it is known whether the body's are explained. */
const FOLLOWS_BODY = new Set(['header:etag', 'header:content-length', 'header:transfer-encoding']);
const isBody = (one: Found) => /^(body|stream)/.test(one.location);

/** The rules that apply between two runtimes, with those asked for by name. */
export const activeRules = (runtimes: { old: string; new: string }, allowed: readonly string[]): Rule[] =>
  RULES.filter((rule) => rule.active(runtimes) || allowed.includes(rule.id));

/**
 * Asks the rules, in their order, for each difference; a generated value that breaks one-to-one becomes `identity`.
 *
 * @param isKnown the answer has no body, and that of the same page was explained before
 * @param accepted whether a waiver covers what no rule explains: headers that follow the body follow a waived one too
 */
export function explain(
  all: readonly Found[],
  rules: readonly Rule[],
  context: Omit<RuleContext, 'bodyExplained'>,
  accepted: (found: Found) => boolean = () => false,
  isKnown = false,
): Explained {
  const out: Explained = { open: [], explained: [] };
  const decide = (one: Found, bodyExplained: boolean) => {
    const full = { ...context, bodyExplained };
    const rule = rules.find((candidate) => candidate.explains(one, full));
    if (rule) out.explained.push({ found: one, rule: rule.id });
    else if (breaksIdentity(one, full))
      out.open.push({ ...makeFound('identity', one.exact, one.old, one.new) });
    else out.open.push(one);
  };
  for (const one of all) if (!FOLLOWS_BODY.has(one.location)) decide(one, false);
  const differs = all.some(isBody);
  const bodyExplained = isKnown || (differs && out.open.filter(isBody).every(accepted));
  for (const one of all) if (FOLLOWS_BODY.has(one.location)) decide(one, bodyExplained);
  return out;
}
