import { z } from 'zod';
import { Risk, TargetName } from '../model/plan.ts';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/**
 * A condition over the plan's facts (`facts.ts` lists them). Exactly what is written must hold; `otherwise` is the
 * sentence shown when it does not.
 */
export const Condition = z
  .strictObject({
    fact: z.string(),
    is: Scalar.optional(),
    isNot: Scalar.optional(),
    in: z.array(Scalar).optional(),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    otherwise: z.string().optional(),
  })
  .refine(
    ({ is, isNot, in: within, atLeast, atMost }) =>
      [is, isNot, within, atLeast, atMost].some((test) => test !== undefined),
    { error: 'a condition needs one of is, isNot, in, atLeast, atMost' },
  );
export type Condition = z.infer<typeof Condition>;

const Identifier = z.string().regex(/^[a-z0-9-]+$/, { error: 'use lower-case letters, digits and hyphens' });

/** One step. Texts may hold `{{spec}}`, `{{old}}`, `{{target}}`, `{{entry}}`, `{{manager}}` and any fact by name. */
export const PlaybookStep = z.strictObject({
  id: Identifier,
  title: z.string(),
  when: z.array(Condition).default([]),
  mode: z.enum(['automatic', 'review', 'manual']),
  commands: z.array(z.string()).default([]),
  instructions: z.string(),
  evidence: z.string(),
  risk: Risk,
  gate: z.string(),
  rollback: z.string(),
});
export type PlaybookStep = z.infer<typeof PlaybookStep>;

/** A stage as data. Shipped ones are in `playbooks/`, a repository's own in `.migrate/playbooks/`. */
export const Playbook = z.strictObject({
  schema: z.literal('migrate/playbook'),
  version: z.literal(1),
  id: Identifier,
  title: z.string(),
  order: z.number(),
  /** `stage`: part of a move; `answer`: the whole plan when the verdict is to stay. */
  kind: z.enum(['stage', 'answer']).default('stage'),
  targets: z.array(TargetName),
  /** What is counted: the items of the stage. */
  moves: z.enum(['scripts', 'routes', 'application']),
  risk: Risk,
  saves: z.string().optional(),
  appliesWhen: z.array(Condition),
  gates: z.array(z.string()),
  rollback: z.string(),
  steps: z.array(PlaybookStep).min(1),
});
export type Playbook = z.infer<typeof Playbook>;
