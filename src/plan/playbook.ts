import { z } from 'zod';
import { StageGates } from '../model/gates.ts';
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

/** The kinds of actions there are: how one is written in a playbook, and what it says in words. */
export interface Actions {
  schema: z.ZodType<{ do: string }>;
  /** Whether one may change files, so that its step needs a check. */
  changes(action: { do: string }): boolean;
  describe(action: { do: string }): string;
}

/** One step. Texts may hold `{{spec}}`, `{{old}}`, `{{target}}`, `{{entry}}`, `{{manager}}` and any fact by name. */
const stepOf = ({ schema, changes }: Actions) =>
  z
    .strictObject({
      id: Identifier,
      title: z.string(),
      when: z.array(Condition).default([]),
      instructions: z.string(),
      risk: Risk,
      actions: z.array(schema).min(1, { error: 'a step needs an action' }),
      check: z.array(schema).default([]),
      rollback: z.string(),
    })
    .superRefine(({ actions, check }, { addIssue }) => {
      if (actions.some(changes) && check.length === 0)
        addIssue({ code: 'custom', path: ['actions'], message: 'a step that changes files needs a check' });
      for (const [index, each] of check.entries())
        if (changes(each))
          addIssue({
            code: 'custom',
            path: ['check', index],
            message: `${each.do} changes files, so it is no check`,
          });
    });
export type PlaybookStep = z.infer<ReturnType<typeof stepOf>>;

/** A stage as data. Shipped ones are in `playbooks/`, a repository's own in `.migrate/playbooks/`. */
export const playbookOf = (actions: Actions) =>
  z.strictObject({
    schema: z.literal('migrate/playbook'),
    version: z.literal(1),
    id: Identifier,
    title: z.string(),
    order: z.number(),
    /** `stage`: part of a move; `answer`: the whole plan when the verdict is to stay. */
    kind: z.enum(['stage', 'answer']).default('stage'),
    /** Nothing leads through it: it is carried out when it is asked for by name. */
    optional: z.boolean().default(false),
    targets: z.array(TargetName),
    /** What is counted: the items of the stage. */
    moves: z.enum(['scripts', 'routes', 'application']),
    risk: Risk,
    saves: z.string().optional(),
    appliesWhen: z.array(Condition),
    gates: z.array(z.string()),
    rollback: z.string(),
    /** What `gates` says, as it can be judged: proposed in `.migrate/gates.yaml`. */
    promote: StageGates.optional(),
    /** The runtime on which the application must start once the stage is taken back. */
    startsOn: z.string().optional(),
    steps: z.array(stepOf(actions)).min(1),
  });
export type Playbook = z.infer<ReturnType<typeof playbookOf>>;
