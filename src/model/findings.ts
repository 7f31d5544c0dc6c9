import { z } from 'zod';
import { NotChecked } from './inventory.ts';
import { Location } from './location.ts';
import { TargetName } from './plan.ts';

/**
 * `blocks`: does not work there; `differs`: works, and answers or behaves otherwise; `check`: nobody measured it; `advice`: worth
 * doing, no reason for or against.
 */
export const Severity = z.enum(['blocks', 'differs', 'check', 'advice']);
export type Severity = z.infer<typeof Severity>;

/** A finding at one place: what a rule says of it. A rule about the application as a whole has one finding without a place. */
export const PlacedFinding = z.object({
  rule: z.string(),
  title: z.string(),
  category: z.string(),
  severity: Severity,
  /** The targets asked for that it is about. */
  targets: z.array(TargetName),
  message: z.string(),
  remedy: z.string().nullable(),
  /** What would show that it does not matter here. */
  refute: z.string().nullable(),
  /** The command that does what `remedy` says. */
  command: z.string().nullable(),
  links: z.array(z.string()),
  source: z.string(),
  asOf: z.string(),
  location: Location.nullable(),
  /** The line of the place, trimmed; null where there is no place. */
  snippet: z.string().nullable(),
  /** The same wherever the line stands in its file: of the rule, the file, the line's text, and which of its like it is. */
  fingerprint: z.string(),
  /** `known`: in the baseline; `accepted`: by a comment in the code or a waiver. Neither fails a check. */
  state: z.enum(['new', 'known', 'accepted']),
  /** Why it is accepted, where it is. */
  reason: z.string().nullable(),
});
export type PlacedFinding = z.infer<typeof PlacedFinding>;

/** What holds of every application of a kind on these targets, told once: no finding about this one. */
export const Practice = PlacedFinding.pick({
  rule: true,
  title: true,
  targets: true,
  message: true,
  source: true,
  asOf: true,
});
export type Practice = z.infer<typeof Practice>;

/** What was accepted and is no more, or never was there: said, so that it is taken out. */
export const DeadAcceptance = z.object({
  rule: z.string(),
  where: z.string(),
  why: z.enum(['expired', 'matches nothing', 'gives no reason', 'no such rule']),
});
export type DeadAcceptance = z.infer<typeof DeadAcceptance>;

export const Totals = z.object({ blocks: z.int(), differs: z.int(), check: z.int(), advice: z.int() });
export type Totals = z.infer<typeof Totals>;

/** `migrate findings --json`. */
export const FindingsDocument = z.object({
  schema: z.literal('migrate/findings'),
  version: z.literal(1),
  name: z.string(),
  /** `bun@1.4`, as they were asked for. */
  targets: z.array(z.string()),
  /** Rules there are, with what the inventory judges by itself; those of the repository's own; those about one of the targets. */
  rules: z.object({ loaded: z.int(), own: z.int(), asked: z.int() }),
  /** The services of a monorepo, and what belongs to none of them; else one, of folder `.`. */
  projects: z.array(
    z.object({ folder: z.string(), name: z.string(), findings: z.array(PlacedFinding), totals: Totals }),
  ),
  /** Beside the findings: what suits every application of its kind. */
  practice: z.array(Practice),
  /** New findings of all projects. */
  totals: Totals,
  known: z.int(),
  accepted: z.int(),
  /** The file of findings that were there before, relative to the repository; null where there is none. */
  baseline: z.string().nullable(),
  dead: z.array(DeadAcceptance),
  notChecked: z.array(NotChecked),
});
export type FindingsDocument = z.infer<typeof FindingsDocument>;

/** `.migrate/baseline.json`: findings that were there when it was written, sorted. */
export const Baseline = z.object({
  schema: z.literal('migrate/baseline'),
  version: z.literal(1),
  findings: z.array(z.object({ rule: z.string(), file: z.string().nullable(), fingerprint: z.string() })),
});
export type Baseline = z.infer<typeof Baseline>;

/** A program that shows what rules find, in a file of tests beside them. */
export const RuleTest = z.strictObject({
  name: z.string().min(1),
  /** Files by their path. Without a package.json there is one of an ES module that starts the first of them. */
  files: z.record(z.string(), z.string()).default({}),
  /** `dependencies` of that package.json, by name. */
  dependencies: z.record(z.string(), z.string()).optional(),
  /** A target in a version, where the rule has bounds. */
  target: z.string().optional(),
  /** By the id of a rule, the places it has here: `app.js:3:1`, or `app.js:3`; `-` is the application as a whole. */
  finds: z.record(z.string(), z.array(z.string())),
});
export type RuleTest = z.infer<typeof RuleTest>;

/** `migrate rules test --json`. */
export const RuleTestsDocument = z.object({
  schema: z.literal('migrate/rule-tests'),
  version: z.literal(1),
  passed: z.int(),
  failed: z.array(
    z.object({
      file: z.string(),
      name: z.string(),
      rule: z.string(),
      expected: z.array(z.string()),
      found: z.array(z.string()),
    }),
  ),
  /** Rules without a program that they find something in, or without one that they find nothing in. */
  untested: z.array(z.object({ rule: z.string(), file: z.string(), lacks: z.enum(['a find', 'no find']) })),
});
export type RuleTestsDocument = z.infer<typeof RuleTestsDocument>;

/** `migrate rules --json`. */
export const RulesDocument = z.object({
  schema: z.literal('migrate/rules'),
  version: z.literal(1),
  rules: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      category: z.string(),
      severity: Severity,
      targets: z.array(TargetName),
      message: z.string(),
      remedy: z.string().nullable(),
      asOf: z.string(),
      source: z.string(),
      file: z.string(),
    }),
  ),
});
export type RulesDocument = z.infer<typeof RulesDocument>;
