import { z } from 'zod';
import { Location } from './location.ts';

/** What kind of difference. `transport`: no response at all (refused, reset, timed out); `identity`: an id did not map one to one; `stack`: the frames of an error's stack alone. */
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
  'stack',
  'binary',
  'encoding',
  'stream',
  'truncated',
  'identity',
  'latency',
  'effect-missing',
  'effect-added',
  'effect-changed',
  'probe',
]);
export type DifferenceKind = z.infer<typeof DifferenceKind>;

/** Worst first. `breaking`: a client may fail; `changed`: it sees something else; `cosmetic`: HTTP gives it no meaning. */
export const Severity = z.enum(['breaking', 'changed', 'cosmetic']);
export type Severity = z.infer<typeof Severity>;

/**
 * Where the two answers part. `location` is `status`, `reason`, `transport`, `header:<lower-case name>`,
 * `cookie:<name>` or `cookie:<name>.<attribute>`, `body` (text, binary), `body.<path>` (JSON, array indices as `[]`),
 * `stream[].<field>`, `latency`, or the place of an effect (`file:<path>`, `r2:<bucket>/<key>`, `outgoing:<METHOD> <url>`) or of a probe (`probe:<class>/<name>`). `old` and `new` are samples, redacted and shortened; null where that side has nothing.
 */
export const Difference = z.object({
  kind: DifferenceKind,
  location: z.string(),
  severity: Severity,
  old: z.string().nullable(),
  new: z.string().nullable(),
});
export type Difference = z.infer<typeof Difference>;

/**
 * What explains a difference: a named rule, a waiver by its position in `.migrate/waivers.yaml`, or the old side's own
 * noise (it differs from itself there, and the new side does not differ more often).
 */
export const Explanation = z.object({ by: z.enum(['rule', 'waiver', 'noise']), id: z.string() });
export type Explanation = z.infer<typeof Explanation>;

/** An edit that may have caused a difference, with the lines it stands on before and after (null: none there). */
export const OwningEdit = z.object({
  codemod: z.string(),
  rule: z.string(),
  /** In the old code. */
  location: Location,
  /** In the new code; null when the file was edited since. */
  now: Location.nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type OwningEdit = z.infer<typeof OwningEdit>;

/**
 * Whether the new code shows a difference on the newest release of the new side's runtime too, asked where the new side
 * runs on an older one and the runtime has a part in it.
 */
export const Release = z.object({
  /** As `bun 1.4.5`; null where it could not be told or got. */
  newest: z.string().nullable(),
  /** `gone`; `also`: the same; `otherwise`: it parts from the old answer there in another way; or nobody could look. */
  result: z.enum(['gone', 'also', 'otherwise', 'not-checked']),
  /** Why it was not checked; null where it was. */
  problem: z.string().nullable(),
});
export type Release = z.infer<typeof Release>;

/**
 * Who caused a difference, by the two corners of {old code, new code} × {old runtime, new runtime} that the run itself
 * does not compare. `codemod`: the new code shows it on the old runtime too, the old code on the new runtime does not;
 * `runtime`: the reverse, or only both together do and the runtime's newest release does not; `either`: each alone shows
 * it; `interaction`: only both together do; `unknown`: a corner could not be run or did not tell, see `why`.
 */
export const Owner = z.object({
  kind: z.enum(['codemod', 'runtime', 'interaction', 'either', 'unknown']),
  /** How that is known, one sentence. */
  why: z.string(),
  release: Release.optional(),
  /** Of `runtime`: the old code does not reach it. */
  onlyNewCode: z.literal(true).optional(),
  /** Edits of the route's handler whose rule concerns the place; one of them is meant, where it is an edit of the handler at all. */
  edits: z.array(OwningEdit).optional(),
});
export type Owner = z.infer<typeof Owner>;

/**
 * The paired test of a cell where the old side does not repeat itself. `b` exchanges in which only the new side
 * differed, `c` only the old side's repeat, `n` compared; `p` the one-sided McNemar probability, `q` the same adjusted
 * for all such cells. `needed` exchanges would show an extra rate of `extra`.
 */
export const Noise = z.object({
  b: z.int().min(0),
  c: z.int().min(0),
  both: z.int().min(0),
  n: z.int().min(0),
  p: z.number(),
  q: z.number(),
  result: z.enum(['worse', 'no-worse', 'undecided', 'never-repeats']),
  extra: z.number(),
  needed: z.int().min(0),
});
export type Noise = z.infer<typeof Noise>;

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
  /** Only where the old side differs from itself. */
  noise: Noise.optional(),
  /** At most three. */
  exemplars: z.array(Exemplar),
});
export type Cell = z.infer<typeof Cell>;
