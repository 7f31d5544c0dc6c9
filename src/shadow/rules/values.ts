import { explainValue } from '../judging/identity.ts';
import { always, isHeader, type Rule } from '../judging/rule.ts';
import { measureAt, nearMeasures } from '../measures.ts';

const isNumber = (value: string | null): value is string =>
  value !== null && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value);
const NUMBERS = /\d+(?:\.\d+)?/g;

/** The same text but for numbers, each of the size of the other. */
function timesAgree(old: string, next: string, clockBudgetMs: number): boolean {
  if (old.replace(NUMBERS, '0') !== next.replace(NUMBERS, '0')) return false;
  const after = next.match(NUMBERS) ?? [];
  return (old.match(NUMBERS) ?? []).every((value, i) =>
    nearMeasures('took', Number(value), Number(after[i]), clockBudgetMs),
  );
}

/** What both sides make up anew: moments, ids, tokens, and what they measure of themselves. */
export const VALUE_RULES: readonly Rule[] = [
  {
    id: 'clock',
    reason: 'both sides wrote down the moment at which they answered',
    allows:
      'dates of one form (unit, format, precision, zone) that the old side does not repeat either, differing within the clock budget',
    hides: ['clock-unit', 'clock-zone', 'clock-format', 'clock-moved'],
    active: always,
    explains: (found, context) => explainValue(found, context) === 'clock',
  },
  {
    id: 'generated-id',
    reason: 'both sides made up an identifier',
    allows:
      'identifiers of one form (UUID version, case) that the old side does not repeat either, one new for each old throughout the run',
    hides: ['id-form', 'id-reused'],
    active: always,
    explains: (found, context) => explainValue(found, context) === 'generated-id',
  },
  {
    id: 'token',
    reason: 'both sides made up a token, session or signature',
    allows:
      'tokens of one shape, case and length (a third more at most) that the old side does not repeat either, one new for each old throughout the run; JSON Web Tokens only with the same claims, apart from moments and ids',
    hides: ['token-short', 'token-unsigned', 'token-claims-changed'],
    active: always,
    explains: (found, context) => explainValue(found, context) === 'token',
  },
  {
    id: 'process-facts',
    reason: 'uptime, process id, memory and time taken belong to the process',
    allows:
      'JSON numbers of one unit and size named uptime, rss, heapUsed, loadavg, and varying ones named pid, memory, elapsed, took, duration; X-Response-Time and Server-Timing',
    hides: ['measure-unit'],
    active: always,
    explains: (found, { varies, clockBudgetMs }) => {
      const { old, new: next } = found;
      if (old === null || next === null) return false;
      if (isHeader(found, 'x-response-time', 'server-timing')) return timesAgree(old, next, clockBudgetMs);
      if (found.kind !== 'json-value' || !isNumber(old) || !isNumber(next)) return false;
      const measure = measureAt(found.location);
      if (measure === null || !nearMeasures(found.location, Number(old), Number(next), clockBudgetMs))
        return false;
      const { again, recorded } = varies(found.exact);
      // Two processes never have one id.
      return measure === 'fact' || again || (measure === 'measurement' && recorded);
    },
  },
];
