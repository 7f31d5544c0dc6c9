import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { RunReport } from '../../src/model/verdict.ts';

/**
 * One way in which an application by hand answers otherwise than its original, and why no client can rely on it.
 * `differences.yaml` beside the application lists them.
 */
const Difference = z.strictObject({
  why: z.string(),
  /** `METHOD /template` each; `*`: all of them. */
  routes: z.array(z.string()).min(1),
  /** As a run names them: `status`, `body`, `header:etag`. */
  locations: z.array(z.string()).min(1),
  kind: z.string().optional(),
  /** Only on this one. */
  runtime: z.string().optional(),
  /** The values are the same media type, written otherwise. */
  spelling: z.literal(true).optional(),
  /** Not in every run. */
  sometimes: z.literal(true).optional(),
});
export type Difference = z.infer<typeof Difference>;

export const readDifferences = (file: string): Difference[] =>
  z.array(Difference).parse(parse(readFileSync(file, 'utf8')));

/** What a run of one application on one runtime found, held against the list. */
export interface Held {
  /** Places with a difference that the list has. */
  listed: number;
  /** Those it has not, in words. */
  unlisted: string[];
  /** Entries of the list that served. */
  served: ReadonlySet<Difference>;
}

/**
 * Looks up every difference that a run could not explain. Waivers would do the same in the run itself, but they take
 * no values: one for the spelling of a charset accepts any content type, and the run then rightly says that it is
 * too blind to pass.
 */
export function hold(
  { cells }: Pick<RunReport, 'cells'>,
  list: readonly Difference[],
  runtime: string,
): Held {
  const held = { listed: 0, unlisted: [] as string[], served: new Set<Difference>() };
  for (const cell of cells) {
    if (cell.explained !== undefined) continue;
    const entry = list.find((one) => covers(one, cell, runtime));
    if (entry === undefined) {
      const [first] = cell.exemplars;
      held.unlisted.push(`${cell.route} ${cell.location}: ${first?.old} → ${first?.new} ×${cell.exchanges}`);
    } else {
      held.listed += 1;
      held.served.add(entry);
    }
  }
  return held;
}

const covers = (one: Difference, cell: RunReport['cells'][number], runtime: string): boolean =>
  (one.runtime === undefined || one.runtime === runtime) &&
  (one.kind === undefined || one.kind === cell.kind) &&
  one.locations.includes(cell.location) &&
  (one.routes.includes('*') || one.routes.includes(cell.route)) &&
  (one.spelling === undefined || cell.exemplars.every(({ old, new: next }) => typeOf(old) === typeOf(next)));

/** Media types that go by two names (RFC 9239). */
const ALIASES: Readonly<Record<string, string>> = { 'application/javascript': 'text/javascript' };

function typeOf(value: string | null): string {
  const type = (value ?? '').split(';', 1).join().trim().toLowerCase();
  return ALIASES[type] ?? type;
}
