import { z } from 'zod';
import { Location } from './location.ts';

/** What kind of difference. `transport`: no response at all (refused, reset, timed out); `identity`: an id did not map one to one. */
export const DifferenceKind = z.enum([
  'transport',
  'status',
  'reason',
  'header-missing',
  'header-added',
  'header-value',
  'header-order',
  'header-case',
  'cookie-missing',
  'cookie-added',
  'cookie-value',
  'redirect',
  'json-missing',
  'json-added',
  'json-type',
  'json-value',
  'json-reorder',
  'json-bytes',
  'text',
  'binary',
  'encoding',
  'stream',
  'truncated',
  'identity',
  'latency',
]);
export type DifferenceKind = z.infer<typeof DifferenceKind>;

/** Worst first. `breaking`: a client may fail; `changed`: it sees something else; `cosmetic`: HTTP gives it no meaning. */
export const Severity = z.enum(['breaking', 'changed', 'cosmetic']);
export type Severity = z.infer<typeof Severity>;

/**
 * Where the two answers part. `location` is `status`, `reason`, `transport`, `header:<lower-case name>`,
 * `cookie:<name>` or `cookie:<name>.<attribute>`, `body` (text, binary), `body.<path>` (JSON, array indices as `[]`),
 * `stream[].<field>` or `latency`. `old` and `new` are samples, redacted and shortened; null where that side has nothing.
 */
export const Difference = z.object({
  kind: DifferenceKind,
  location: z.string(),
  severity: Severity,
  old: z.string().nullable(),
  new: z.string().nullable(),
});
export type Difference = z.infer<typeof Difference>;

/** What explains a difference: a named rule, or a waiver by its position in `.migrate/waivers.yaml`. */
export const Explanation = z.object({ by: z.enum(['rule', 'waiver']), id: z.string() });
export type Explanation = z.infer<typeof Explanation>;

/** The edit that caused a difference. `codemod` is empty for the runtime's own. */
export const Owner = z.object({
  kind: z.enum(['codemod', 'runtime', 'interaction', 'unknown']),
  codemod: z.string().optional(),
  rule: z.string().optional(),
  location: Location.optional(),
});
export type Owner = z.infer<typeof Owner>;

/** One differing exchange shown as a sample. `request` is `METHOD /path` with secrets replaced. */
export const Exemplar = z.object({
  exchange: z.int().min(1),
  request: z.string(),
  old: z.string().nullable(),
  new: z.string().nullable(),
});
export type Exemplar = z.infer<typeof Exemplar>;

/** All differences of one kind at one location of one route. `exchanges` counts exchanges, never occurrences. */
export const Cell = z.object({
  /** `METHOD /template`. */
  route: z.string(),
  kind: DifferenceKind,
  location: z.string(),
  severity: Severity,
  exchanges: z.int().min(1),
  /** Absent: unexplained, counts against the verdict. */
  explained: Explanation.optional(),
  owner: Owner.optional(),
  /** At most three. */
  exemplars: z.array(Exemplar),
});
export type Cell = z.infer<typeof Cell>;

/** Everything found in one pair of answers. */
export const Comparison = z.object({
  schema: z.literal('migrate/comparison'),
  version: z.literal(1),
  exchange: z.int().min(1),
  route: z.string(),
  differences: z.array(Difference),
  explained: z.array(Difference.extend({ explained: Explanation })),
});
export type Comparison = z.infer<typeof Comparison>;
