import { BODY_RULES } from '../rules/bodies.ts';
import { HTTP_RULES } from '../rules/http.ts';
import { VALUE_RULES } from '../rules/values.ts';
import { WORKERD_RULES } from '../rules/workerd.ts';
import type { Rule } from './rule.ts';

/**
 * Every rule there is, in the order they are asked. The report lists the active ones with how often each was applied. A
 * rule compares the form of two values before it says that they mean the same, and names the regressions it could hide.
 */
export const RULES: readonly Rule[] = [...HTTP_RULES, ...VALUE_RULES, ...BODY_RULES, ...WORKERD_RULES];
