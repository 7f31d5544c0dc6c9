import { z } from 'zod';
import { Location } from './location.ts';
import { SAMENESSES, TRAITS } from './waiver-words.ts';

/**
 * What a place holds on one side: the exact value (a number may be written as one); null, where that side has nothing
 * there; a type of JSON; or an anchored pattern.
 */
export const ValueSelector = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.strictObject({ type: z.enum(['string', 'number', 'boolean', 'null', 'object', 'array']) }),
  z.strictObject({ matches: z.string().regex(/^\^[\s\S]*\$$/, 'must be anchored, from ^ to $') }),
]);
export type ValueSelector = z.infer<typeof ValueSelector>;

export const Trait = z.enum(Object.keys(TRAITS) as [keyof typeof TRAITS, ...(keyof typeof TRAITS)[]]);
export type Trait = z.infer<typeof Trait>;

export const Sameness = z.enum(
  Object.keys(SAMENESSES) as [keyof typeof SAMENESSES, ...(keyof typeof SAMENESSES)[]],
);
export type Sameness = z.infer<typeof Sameness>;

/** The edit that a waiver was prepared for: it serves only differences that this edit announced. */
export const WaiverOwner = z.strictObject({
  codemod: z.string().min(1),
  rule: z.string().min(1),
  files: z.array(z.string().min(1)).min(1),
});
export type WaiverOwner = z.infer<typeof WaiverOwner>;

/**
 * A finding the team accepts, kept in `.migrate/waivers.yaml`. `route` is `METHOD /template` or `*`; `location` as in
 * {@link Difference}, where a trailing `*` matches any rest, or `answer`, with `follows`: what else differs where the answer is
 * another one, which is its body, its reason, headers that tell of the body, a redirect that is there on one side alone, and headers and cookies that are missing. `expires` is an ISO date after which the waiver no longer counts.
 */
export const Waiver = z.strictObject({
  route: z.string().min(1),
  location: z.string().min(1),
  /** Only for this target, e.g. `bun` or `bun@1.4`. Absent: every target. */
  runtime: z.string().optional(),
  /** Only this kind of difference. */
  kind: z.string().optional(),
  /** Only where the old side has this there. */
  old: ValueSelector.optional(),
  /** Only where the new side has this there. */
  new: ValueSelector.optional(),
  /** Only where both values are the same in this respect. */
  same: Sameness.optional(),
  /** Only in exchanges that are one of these. */
  when: z.array(Trait).min(1).optional(),
  /** Only in an exchange that also differs at this location, in a way that is itself waived. */
  follows: z.string().min(1).optional(),
  /** Set where a codemod prepared it. */
  owner: WaiverOwner.optional(),
  reason: z.string().min(1),
  author: z.string().optional(),
  /** A noise rule: counts only where the old side does not repeat itself, and only for another value in the same place. */
  noise: z.boolean().optional(),
  /** The applied change that prepared it: `migrate undo` takes it out again. */
  change: z.string().optional(),
  expires: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2027-01-31'),
});
export type Waiver = z.infer<typeof Waiver>;

/** A finding of a rule that the team accepts: at one file (a trailing `*` matches any rest) or anywhere, until a date. */
export const FindingWaiver = z.strictObject({
  rule: z.string().min(1),
  file: z.string().min(1).optional(),
  reason: z.string().min(1),
  author: z.string().optional(),
  expires: z.iso.date(),
});
export type FindingWaiver = z.infer<typeof FindingWaiver>;

/** The file `.migrate/waivers.yaml`: lists under `waivers` and under `findings`, or nothing there. */
export const WaiverFile = z.strictObject({
  waivers: z.array(Waiver).nullable().optional(),
  findings: z.array(FindingWaiver).nullable().optional(),
});
export type WaiverFile = z.infer<typeof WaiverFile>;

/**
 * A waiver as a run saw it. `dead`: matched nothing; `expired`: past its date, did not count; `unowned`: its edit is in no
 * applied change set, did not count.
 */
export const WaiverUse = Waiver.extend({
  id: z.string(),
  state: z.enum(['used', 'dead', 'expired', 'unowned']),
  exchanges: z.int().min(0),
  /** Where its edit stands, in the old code. */
  places: z.array(Location).optional(),
});
export type WaiverUse = z.infer<typeof WaiverUse>;
