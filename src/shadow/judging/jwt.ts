import { isDeepStrictEqual } from 'node:util';
import { sameForm } from '../traffic/forms.ts';
import { valueClass } from './values.ts';

/** Claims that say a moment, in seconds (RFC 7519 §4.1, OpenID Connect Core §2). */
const TIMES = new Set(['iat', 'nbf', 'exp', 'auth_time', 'updated_at']);

interface Jwt {
  header: string;
  claims: Record<string, unknown>;
}

/** A JSON Web Token read without its key; null where it is none (an encrypted one, or something that looks like one). */
function readJwt(token: string): Jwt | null {
  const [header = '', payload = ''] = token.split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (claims === null || typeof claims !== 'object' || Array.isArray(claims)) return null;
    return { header, claims: claims as Jwt['claims'] };
  } catch {
    return null;
  }
}

/**
 * How two JSON Web Tokens stand to each other. `other-claims`: they say different things, apart from moments within the
 * budget, generated values and ids. `this-moment`: they say the same and both were issued just now, so that only the clock
 * between them differs. `null`: neither can be told.
 *
 * @param budgetMs two clock readings of one moment may differ by this much
 */
export function compareJwts(
  old: string,
  next: string,
  budgetMs: number,
): 'other-claims' | 'this-moment' | null {
  const [a, b] = [readJwt(old), readJwt(next)];
  if (!a || !b) return null;
  const names = new Set([...Object.keys(a.claims), ...Object.keys(b.claims)]);
  if (a.header !== b.header) return 'other-claims';
  let moments = 0;
  let others = 0;
  for (const name of names) {
    const [before, after] = [a.claims[name], b.claims[name]];
    if (isDeepStrictEqual(before, after)) continue;
    if (TIMES.has(name) && isNear(before, after, budgetMs)) moments++;
    else if (isGenerated(name, before, after)) others++;
    else return 'other-claims';
  }
  const now = Date.now() / 1000;
  const isNew = [a.claims.iat, b.claims.iat].every((at) => isNear(at, now, budgetMs));
  return moments > 0 && others === 0 && isNew ? 'this-moment' : null;
}

const isNear = (a: unknown, b: unknown, budgetMs: number): boolean =>
  typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) * 1000 <= budgetMs;

/** Ids of the same kind on both sides, or values of one class that programs make up. */
function isGenerated(name: string, before: unknown, after: unknown): boolean {
  const [old, next] = [String(before), String(after)];
  if (typeof before !== typeof after) return false;
  const isId = /^sub$|(^|_)id$|Id$/.test(name) && /^\d{1,19}$/.test(old) && /^\d{1,19}$/.test(next);
  const kind = typeof before === 'string' ? valueClass(old) : null;
  return isId || (kind !== null && kind === valueClass(next) && sameForm(kind, old, next));
}
