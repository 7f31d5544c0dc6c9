import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RouteLimit } from '../model/changeset.ts';
import { MigrateError } from '../model/errors.ts';
import { compile } from './traffic/routes.ts';

const LimitsFile = z.union([z.array(RouteLimit), z.object({ limits: z.array(RouteLimit) })]);

/**
 * Routes known not to run on the target: of a file given by the user (a change set or a list of limits), and of all
 * change sets under `.migrate/evidence/`.
 *
 * @throws MigrateError LIMITS_INVALID when a file that the user named cannot be read as such
 */
export function readLimits(given: string | undefined, evidence: string): RouteLimit[] {
  const out: RouteLimit[] = [];
  if (given !== undefined) out.push(...readFile(given));
  if (!existsSync(evidence)) return out;
  for (const name of readdirSync(evidence).sort()) {
    if (!name.endsWith('.json')) continue;
    try {
      out.push(...readFile(join(evidence, name)));
    } catch {
      // Evidence of another kind: only change sets name limits.
    }
  }
  return out;
}

function readFile(file: string): RouteLimit[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new MigrateError(
      'LIMITS_INVALID',
      `The limits file ${file} cannot be read: ${(error as Error).message}.`,
    );
  }
  const parsed = LimitsFile.safeParse(value);
  if (parsed.success) return Array.isArray(parsed.data) ? parsed.data : parsed.data.limits;
  throw new MigrateError('LIMITS_INVALID', `The limits file ${file} holds no list of route limits.`, {
    hint: 'Give a change set (--json of `migrate codemod run`) or a list of {route, runtime, reason}.',
  });
}

/** Two names of one route: the names of parameters and a trailing slash do not matter. */
export const sameRoute = (a: string, b: string): boolean => plain(a) === plain(b);

const plain = (route: string): string =>
  route
    .replace(/:\w+(\([^)]*\)|\{[^}]*\})?/g, ':')
    .replace(/\*\w*/g, '*')
    .replace(/(?<=.)\/+$/, '')
    .replace(/ $/, ' /')
    .toLowerCase();

/** The limit of a route, or null. Without a router table (`known` empty) the request itself is matched. */
export function limitOf(
  limits: readonly RouteLimit[],
  runtime: string,
  route: string,
  target: string,
  known: readonly string[],
): RouteLimit | null {
  const path = target.split('?', 1)[0] ?? target;
  const method = route.split(' ', 1)[0] ?? '';
  return (
    limits.find((limit) => {
      if (limit.runtime.split('@')[0] !== runtime) return false;
      if (sameRoute(limit.route, route)) return true;
      if (known.length > 0 && known.includes(route)) return false;
      const [asked = '', template = ''] = limit.route.split(' ');
      const sameMethod = asked === method || asked === 'ALL' || (asked === 'GET' && method === 'HEAD');
      return sameMethod && (compile(template)?.test(path) ?? false);
    }) ?? null
  );
}
