import { z } from 'zod';
import { Severity } from '../model/findings.ts';
import { Sign, Trait } from '../model/inventory.ts';
import { TargetName } from '../model/plan.ts';

const bounds = { from: z.string().optional(), below: z.string().optional() };

/** A fact of the repository that a rule asks for. */
export const When = z.union([
  z.strictObject({ package: z.string(), ...bounds, members: z.array(z.string()).optional() }),
  z.strictObject({
    builtin: z.string(),
    /** An import whose name nothing uses is enough: the module is not there. */
    loads: z.literal(true).optional(),
    members: z.array(z.string()).optional(),
    except: z.array(z.string()).optional(),
  }),
  z.strictObject({ flag: z.string() }),
  /** A program that a script of the repository runs; for advice. */
  z.strictObject({ program: z.string() }),
  z.strictObject({
    need: z.enum(['state', 'static', 'stream', 'unknown']),
    names: z.array(z.string()).optional(),
  }),
  z.strictObject({ modules: z.literal('undeclared-commonjs') }),
  z.strictObject({ addon: z.enum(['any', 'v8', 'unknown']), except: z.array(z.string()).optional() }),
  z.strictObject({ framework: z.string() }),
  z.strictObject({ trait: Trait.shape.kind, names: z.array(z.string()).optional() }),
  z.strictObject({
    sign: Sign.shape.kind,
    names: z.array(z.string()).optional(),
    /** What an import begins with: `jsr` of `jsr:@std/path`. */
    scheme: z.string().optional(),
  }),
  /** What the inventory saw and judged by itself: `session-memory`. */
  z.strictObject({ seen: z.string(), names: z.array(z.string()).optional() }),
  /** A variable of the environment that the application reads, by its name. */
  z.strictObject({ variable: z.string() }),
  /** Of a repository alone, or of one with several packages. */
  z.strictObject({ manager: z.string() }),
  z.strictObject({ workspaces: z.string() }),
  /** Wherever there is an application: something that starts, answers or is called. */
  z.strictObject({ always: z.literal(true) }),
]);
export type When = z.infer<typeof When>;

/** What is known of a target, once, with the facts of a repository that make it matter. */
export const Rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  /** A few words, for lists. */
  title: z.string().min(1),
  targets: z.array(TargetName.exclude(['not-sure'])).min(1),
  /** Bounds of the target's own version. */
  ...bounds,
  when: z.array(When).min(1),
  /** Facts that make it say nothing, whatever else is there. */
  unless: z.array(When).default([]),
  /** Facts one of which has to be there beside: `compression` matters to a stream of events. */
  beside: z.array(When).default([]),
  /**
   * Only of packages that a file of the application imports: one that is only declared runs nowhere, unless a framework or a
   * mapper loads it by its name. `always`: none of them does.
   */
  imported: z.union([z.boolean(), z.literal('always')]).default(false),
  /** Packages that load what is matched for themselves, and have a rule of their own: where one is used, it tells, unless a file imports it. */
  beneath: z.array(z.string()).default([]),
  /** It holds of every application of its kind and says nothing of this one: practice, and no finding. The plan tells it. */
  general: z.boolean().default(false),
  severity: Severity.exclude(['check']),
  /** Stages of the plan it is a reason in. */
  stages: z.array(z.string()).default([]),
  /** Of the application as a whole, not of single routes: none can go to the edge while it stands. */
  everyRoute: z.boolean().default(false),
  /** {{name}}, {{version}} and {{member}} are those of what matched; {{names}} is the list of everything the rule matched. */
  message: z.string().min(1),
  remedy: z.string().nullable().default(null),
  /** The command that does what `remedy` says. */
  command: z.string().nullable().default(null),
  /** What the inventory shows by itself and tells the same of, with its place: where it does, `migrate findings` leaves the rule out. */
  seenAs: z.array(z.string()).default([]),
  /** What it tells more of than the inventory does: at its places that is left out. */
  insteadOf: z.array(z.string()).default([]),
  links: z.array(z.url({ protocol: /^https?$/ })).default([]),
  /**
   * By which command it can be measured again: `probe` for calls of the `when` (migrate probe runtimes), `probe (flags).--permission` for one
   * call, `bench:rows stripe` for a question of that bench, `bench:drivers`, `migrate observe`. Empty: by none.
   */
  measured: z.array(z.string()).default([]),
  /** When, and by which measurement or document, it was known. */
  asOf: z.iso.date(),
  source: z.string().min(1),
});

/** A file of `playbooks/rules/` or `.migrate/rules/`. Its name is the category of its rules. */
export const RuleFile = z.strictObject({ rules: z.array(Rule) });

/** A rule as it was loaded. */
export type Rule = z.infer<typeof Rule> & {
  /** The name of its file: `storage`. */
  category: string;
  /** `storage.yaml`, or `.migrate/rules/ours.yaml` for a repository's own. */
  file: string;
};

/** What a rule that is made of a table has of its own nothing to say about. */
export const UNBOUND = { beside: [], imported: false, beneath: [], general: false } satisfies Partial<Rule>;
