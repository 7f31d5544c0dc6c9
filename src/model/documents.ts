import { z } from 'zod';
import { Plan } from './plan.ts';
import { ProbeTable } from './probe-table.ts';
import { ProvisionedRuntime, RuntimeListing } from './runtime.ts';
import { ActionReport, JournalEntry } from './state.ts';

/** What `--json` prints where it is not one of the border types themselves: lists, and errors. */
const document = <S extends string, F extends z.ZodRawShape>(schema: S, fields: F) =>
  z.object({ schema: z.literal(schema), version: z.literal(1), ...fields });

const CodemodSummary = z.object({
  id: z.string(),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  description: z.string(),
  options: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      /** Asked on a terminal where it is not given. */
      ask: z.string().optional(),
      values: z.array(z.string()).optional(),
      /** May be given several times. */
      repeat: z.literal(true).optional(),
      default: z.union([z.string(), z.boolean(), z.array(z.string())]),
    }),
  ),
});

/** `migrate codemod list --json`. */
export const CodemodsDocument = document('migrate/codemods', { codemods: z.array(CodemodSummary) });

/** `migrate codemod show <name> --json`. */
export const CodemodDocument = document('migrate/codemod', {
  codemod: CodemodSummary,
  /** Its README, Markdown; null when it has none. */
  readme: z.string().nullable(),
});

/** `migrate runtimes --json`. */
export const RuntimesDocument = document('migrate/runtimes', {
  /** Absolute path of the cache folder. */
  cache: z.string(),
  runtimes: z.array(RuntimeListing),
});

/** `migrate runtimes install … --json`. */
export const InstalledDocument = document('migrate/runtimes-installed', {
  runtimes: z.array(ProvisionedRuntime),
});

/** `migrate undo --list --json`, oldest first. */
export const ChangesDocument = document('migrate/changes', { changes: z.array(JournalEntry) });

/** `migrate plan --json` at the root of a monorepo whose services are planned each. */
export const PlansDocument = document('migrate/plans', {
  plans: z.array(z.object({ folder: z.string(), plan: Plan })),
  failed: z.array(z.object({ folder: z.string(), reason: z.string() })),
});
export type PlansDocument = z.infer<typeof PlansDocument>;

/** `migrate apply --json`, `resume` and `skip`: what became of each step, in order. */
export const AppliedDocument = document('migrate/applied', {
  steps: z.array(
    z.object({
      step: z.string(),
      /** `shown`: by a dry run. */
      outcome: z.enum(['done', 'skipped', 'shown']),
      commit: z.string().nullable(),
      /** The exact patch, as `git apply` reads it; empty for a step that changes no file. */
      patch: z.string(),
      actions: z.array(ActionReport),
      check: z.array(ActionReport),
    }),
  ),
  /** The command to run next; null when every step is done. */
  next: z.string().nullable(),
});
export type AppliedDocument = z.infer<typeof AppliedDocument>;

/** `migrate undo <step> --json`. */
export const StepUndoneDocument = document('migrate/undone', {
  step: z.string(),
  files: z.array(z.string()),
  /** The commit that takes it back; null for a step that had changed no file. */
  commit: z.string().nullable(),
});

/** Instead of any of the others when a command with `--json` cannot do what it was asked. */
export const ErrorDocument = document('migrate/error', {
  /** Stable and SCREAMING_SNAKE; `USAGE` and `INTERNAL` among them. */
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  exitCode: z.int(),
});

/** `migrate probe runtimes --json`. `differing`: what `--check` found, a file of the kept tables each. */
export const ProbeRuntimesDocument = document('migrate/probe-runtimes', {
  tables: z.array(ProbeTable),
  differing: z.array(
    z.object({
      file: z.string(),
      differences: z.array(z.object({ what: z.string(), kept: z.string(), now: z.string() })),
    }),
  ),
});
