import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { MigrateError } from '../model/errors.ts';
import { type Waiver, WaiverFile, type WaiverUse } from '../model/waiver.ts';
import type { Found } from './compare/found.ts';
import { sameRoute } from './limits.ts';

/** The waivers of a run: asked for each difference, they count how often they served. */
export interface Waivers {
  /**
   * Id of the waiver that covers a difference, or null.
   *
   * @param noisy the old side does not repeat itself at this place
   */
  covers(route: string, found: Found, noisy?: boolean): string | null;
  /** Counts exchanges that a waiver served: one, unless told otherwise. */
  used(id: string, exchanges?: number): void;
  uses(): WaiverUse[];
  /** Expired and dead waivers, a sentence each. */
  warnings(): string[];
}

/**
 * Reads `.migrate/waivers.yaml`; a missing file means none.
 *
 * @throws MigrateError WAIVERS_INVALID naming the file and the field
 */
export function readWaivers(file: string): Waiver[] {
  if (!existsSync(file)) return [];
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new MigrateError(
      'WAIVERS_INVALID',
      `${file} is not YAML: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  if (value === null) return [];
  const parsed = WaiverFile.safeParse(value);
  if (parsed.success) {
    for (const [i, waiver] of parsed.data.waivers.entries()) {
      const refused = refusal(waiver);
      if (refused)
        throw new MigrateError('WAIVERS_INVALID', `${file} is malformed at waivers.${i}: ${refused}.`);
    }
    return parsed.data.waivers;
  }
  const [issue] = parsed.error.issues;
  throw new MigrateError(
    'WAIVERS_INVALID',
    `${file} is malformed at ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`,
    {
      hint: 'A waiver has route, location, reason and expires (a date); runtime, kind and author are optional.',
    },
  );
}

/** Kinds that say another value stands in the same place: the only ones that noise can explain. */
const VALUE_KINDS = /^(header-value|cookie-value|json-value|json-reorder|text|stream)$/;

/** Why a waiver is not accepted: it would explain whatever happens. */
function refusal({ route, location, noise, kind }: Waiver): string | null {
  const wide = /^(\*|body\*|body\.\*|header:\*|cookie:\*|h\*|b\*|c\*)$/.test(location);
  if (route === '*' && (wide || /^(status|transport|body)$/.test(location)))
    return `route "*" with location "${location}" would explain any difference; name the route or the place`;
  if (location === '*') return 'location "*" would explain any difference of the route; name the place';
  if (!noise) return null;
  if (/^(status|transport|reason|body|latency)$/.test(location) || wide)
    return `a noise rule for "${location}" would cover the whole answer; name the header or the path in the body`;
  if (kind !== undefined && !VALUE_KINDS.test(kind))
    return `a noise rule cannot explain "${kind}": something that comes, goes or changes its type is no noise`;
  return null;
}

/** @param target runtime and version of the new side; @param today ISO date that expiry is measured against */
export function waivers(
  list: readonly Waiver[],
  target: { runtime: string; version: string },
  today: string,
): Waivers {
  const all = list.map((waiver, i) => ({
    id: `waiver-${i + 1}`,
    waiver,
    expired: waiver.expires < today,
    exchanges: 0,
  }));
  return {
    covers(route, found, noisy = false) {
      const hit = all.find(
        ({ waiver, expired }) =>
          !expired &&
          (!waiver.noise || (noisy && VALUE_KINDS.test(found.kind))) &&
          (waiver.route === '*' || sameRoute(waiver.route, route)) &&
          matches(waiver.location, found.location) &&
          (waiver.kind === undefined || waiver.kind === found.kind) &&
          (waiver.runtime === undefined || isTarget(waiver.runtime, target)),
      );
      return hit?.id ?? null;
    },
    used(id, exchanges = 1) {
      const one = all.find((candidate) => candidate.id === id);
      if (one) one.exchanges += exchanges;
    },
    uses: () =>
      all.map(
        ({ id, waiver, expired, exchanges }): WaiverUse => ({
          ...waiver,
          id,
          state: expired ? 'expired' : exchanges > 0 ? 'used' : 'dead',
          exchanges,
        }),
      ),
    warnings: () =>
      all.flatMap(({ waiver, expired, exchanges }) => {
        const what = `waiver for ${waiver.route} ${waiver.location}`;
        if (expired) return [`The ${what} expired on ${waiver.expires} and does not count.`];
        return exchanges === 0
          ? [`The ${what} matched nothing in this run: remove it if it is no longer needed.`]
          : [];
      }),
  };
}

const matches = (selector: string, location: string): boolean =>
  selector.endsWith('*') ? location.startsWith(selector.slice(0, -1)) : selector === location;

const isTarget = (selector: string, { runtime, version }: { runtime: string; version: string }): boolean => {
  const [name, wanted] = selector.split('@');
  return name === runtime && (wanted === undefined || version === wanted || version.startsWith(`${wanted}.`));
};
