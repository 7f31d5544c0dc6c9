import type { Found } from '../compare/found.ts';
import { nearDigits, sameForm } from '../traffic/forms.ts';
import { compareJwts } from './jwt.ts';
import type { RuleContext } from './rule.ts';
import { toTime, VOLATILE_TEXT, valueClass } from './values.ts';

type ValueRule = 'clock' | 'generated-id' | 'token';
type ValueContext = Pick<RuleContext, 'varies' | 'ids' | 'clockBudgetMs' | 'since'>;

const VALUE_KINDS = new Set(['json-value', 'cookie-value', 'header-value', 'redirect', 'text', 'stream']);
/** Classes whose values may coincide when two requests fall into one second: the recording is a witness too. */
const TIMED = new Set(['date', 'jwt', 'signed']);
const NEVER = new Set(['header:etag', 'header:content-length', 'header:content-type']);

/** Which rule, if any, explains two generated-looking values at one place. Remembers the pairs it accepts. */
export function explainValue(found: Found, context: ValueContext): ValueRule | null {
  const parts = generatedParts(found, context);
  if (!parts) return null;
  let rule: ValueRule = 'clock';
  for (const { kind, old, next } of parts) {
    if (kind === 'date') continue;
    if (!context.ids.pair(old, next)) return null;
    if (kind === 'uuid' || kind === 'ulid' || kind === 'number') rule = 'generated-id';
    else if (rule === 'clock') rule = 'token';
  }
  return rule;
}

/** The pair looks generated on both sides, and yet one of the values already stands for another one. */
export function breaksIdentity(found: Found, context: ValueContext): boolean {
  const parts = generatedParts(found, context);
  return parts?.some(({ kind, old, next }) => kind !== 'date' && context.ids.broken(old, next)) ?? false;
}

interface Part {
  kind: string;
  old: string;
  next: string;
}

/** The differing parts of two values when all of them are generated and of the same class; null otherwise. */
function generatedParts(found: Found, context: ValueContext): Part[] | null {
  const { old, new: next } = found;
  if (old === null || next === null || !VALUE_KINDS.has(found.kind) || NEVER.has(found.location)) return null;
  const parts = split(found.location, old, next);
  if (!parts || parts.length === 0) return null;
  const { again, recorded } = context.varies(found.exact);
  const isExpiry = found.location.endsWith('.expires') && found.location.startsWith('cookie:');
  for (const part of parts) {
    if (!sameForm(part.kind, part.old, part.next)) return null;
    const jwts = part.kind === 'jwt' ? compareJwts(part.old, part.next, context.clockBudgetMs) : null;
    if (jwts === 'other-claims') return null;
    const witnessed = again || isExpiry || jwts === 'this-moment' || (recorded && TIMED.has(part.kind));
    if (!witnessed && !isOfRun(part, context)) return null;
    if (part.kind !== 'date') continue;
    const [before, after] = [toTime(part.old), toTime(part.next)];
    if (before === null || after === null || Math.abs(before - after) > context.clockBudgetMs) return null;
  }
  return parts;
}

/**
 * Both dates lie within the run: a clock was read in it, even where the old side's instances read the same millisecond.
 * What was written down then may be read much later.
 */
function isOfRun({ kind, old, next }: Part, { clockBudgetMs, since }: ValueContext): boolean {
  if (kind !== 'date') return false;
  const [first, last] = [since - clockBudgetMs, Date.now() + clockBudgetMs];
  return [old, next].every((value) => {
    const time = toTime(value) ?? 0;
    return first <= time && time <= last;
  });
}

function split(location: string, old: string, next: string): Part[] | null {
  if (/(^|[._])(id|.*Id|.*_id)$/.test(location) && /^\d{1,19}$/.test(old) && /^\d{1,19}$/.test(next)) {
    if (!nearDigits(old, next) || !sameForm('number', old, next)) return null;
    return [{ kind: 'number', old: `${location} ${old}`, next: `${location} ${next}` }];
  }
  const kind = location === 'header:location' ? null : valueClass(old);
  if (kind !== null && kind === valueClass(next)) return [{ kind, old, next }];
  const before = old.split(VOLATILE_TEXT);
  const after = next.split(VOLATILE_TEXT);
  if (before.length !== after.length) return null;
  const parts: Part[] = [];
  for (let i = 0; i < before.length; i++) {
    const [a, b] = [before[i] ?? '', after[i] ?? ''];
    if (a === b) continue;
    const part = i % 2 === 1 ? (valueClass(a) ?? 'token') : null;
    if (part === null || part !== (valueClass(b) ?? 'token')) return null;
    parts.push({ kind: part, old: a, next: b });
  }
  return parts;
}
