import { z } from 'zod';
import { Location, Span } from './location.ts';
import { Sameness, Trait, ValueSelector, Waiver } from './waiver.ts';

/** One replacement in one file, with where it came from. `after` is its range in the new text. */
export const Edit = z.object({
  codemod: z.string(),
  rule: z.string(),
  before: Span,
  after: Span,
  line: z.int().min(1),
  column: z.int().min(1),
  /** Ranges of the new text that say again what stays, where another framework's code stands beside it. */
  copies: z.array(Span).optional(),
});
export type Edit = z.infer<typeof Edit>;

export const FileStatus = z.enum(['changed', 'created', 'deleted', 'unchanged', 'skipped', 'failed']);
export type FileStatus = z.infer<typeof FileStatus>;

/**
 * What a codemod does to one file. `oldText` is null for a created file, `newText` null for a deleted one; an unchanged,
 * skipped or failed file carries neither, unless an earlier run changed it (`original`).
 */
export const FileChange = z.object({
  path: z.string(),
  status: FileStatus,
  reason: z.string().optional(),
  oldText: z.string().nullable(),
  newText: z.string().nullable(),
  /**
   * What the edits are made of, where an earlier run had changed the file already: its text without that run, null where
   * there was no such file.
   */
  original: z.string().nullable().optional(),
  /** What the edits make of it, where what was edited since the earlier run was put on that to give `newText`. */
  made: z.string().optional(),
  edits: z.array(Edit),
  /** Ranges of the new text that are another framework's, where the rest of the file is not. */
  moved: z.array(Span).optional(),
});
export type FileChange = z.infer<typeof FileChange>;

/** Something left for the user: where, what, and why the codemod did not do it. */
export const LeftForYou = Location.extend({
  codemod: z.string(),
  rule: z.string(),
  reason: z.string(),
  advice: z.string().optional(),
  /** Nothing is written as long as this place is as it is; one without it would only stay as it is. */
  blocks: z.literal(true).optional(),
});
export type LeftForYou = z.infer<typeof LeftForYou>;

/**
 * What became of one handler (or of one whole unit for codemods without handlers). `kept`: it stays as it is, beside what was
 * converted; `refused`: nothing was changed because of it, or of another.
 */
export const Outcome = Location.extend({
  name: z.string(),
  outcome: z.enum(['converted', 'bridged', 'kept', 'refused']),
  reason: z.string().optional(),
  /** Runtimes the result can run on; absent = all. */
  runtimes: z.array(z.string()).optional(),
});
export type Outcome = z.infer<typeof Outcome>;

/** A route that cannot work on the target, named with its reason. `route` is `METHOD /template`. */
export const RouteLimit = z.object({
  route: z.string(),
  runtime: z.string(),
  reason: z.string(),
  location: Location.optional(),
});
export type RouteLimit = z.infer<typeof RouteLimit>;

/** In which world a route is after a run, by where it is registered in the old text. `package`: middleware of a package answers it. */
export const RouteWorld = Location.extend({
  method: z.string(),
  path: z.string(),
  world: z.enum(['hono', 'express', 'package']),
  /** Why it stays in Express. */
  reason: z.string().optional(),
  /** It stays as nobody asked for it. */
  asked: z.literal(false).optional(),
});
export type RouteWorld = z.infer<typeof RouteWorld>;

/**
 * A difference that clients will see on purpose. `location` and `kind` are those of a difference in a comparison, where a
 * trailing `*` of the location matches any rest; `old` and `new` are values there, when they tell.
 */
export const ExpectedDifference = z.object({
  location: z.string(),
  kind: z.string().optional(),
  old: ValueSelector.optional(),
  new: ValueSelector.optional(),
  /** What a waiver for it is held to beside that: in what both values are the same, and in which exchanges. */
  same: Sameness.optional(),
  when: z.array(Trait).min(1).optional(),
  /** Only where the status of the same route differs in an announced way: the rest of another answer. */
  follows: z.literal('status').optional(),
  about: z.string(),
});
export type ExpectedDifference = z.infer<typeof ExpectedDifference>;

/** A behaviour that a codemod left out on purpose, the edits that did it, and what a client sees of it. */
export const LeftOut = z.object({
  behaviour: z.string(),
  codemod: z.string(),
  rule: z.string(),
  about: z.string(),
  /** `handler`: seen only on routes whose code one of the edits is in. */
  scope: z.enum(['application', 'handler']),
  places: z.array(Location),
  differences: z.array(ExpectedDifference),
});
export type LeftOut = z.infer<typeof LeftOut>;

/** A behaviour that was asked to go but stays, because the application's own code reads what it gives. */
export const KeptBehaviour = z.object({
  behaviour: z.string(),
  reason: z.string(),
  files: z.array(z.string()),
});
export type KeptBehaviour = z.infer<typeof KeptBehaviour>;

/** One message of the TypeScript compiler. */
export const TypeMessage = Location.extend({ code: z.string(), message: z.string() });
export type TypeMessage = z.infer<typeof TypeMessage>;

/** What the project's own type check says of a change: errors it did not have before, or why it was not run. */
export const TypeCheck = z.object({
  checked: z.boolean(),
  /** Why it was not; absent when it was. */
  reason: z.string().optional(),
  /** The tsconfig.json it went by. */
  config: z.string().optional(),
  errors: z.array(TypeMessage),
});
export type TypeCheck = z.infer<typeof TypeCheck>;

/** Everything one codemod run proposes: files before and after, every edit's origin, and what it left. */
export const ChangeSet = z.object({
  schema: z.literal('migrate/changeset'),
  version: z.literal(1),
  codemod: z.string(),
  options: z.record(z.string(), z.unknown()),
  /** What `outcomes` counts, in the singular: `handler`, `upload`. */
  unit: z.string(),
  files: z.array(FileChange),
  outcomes: z.array(Outcome),
  leftForYou: z.array(LeftForYou),
  limits: z.array(RouteLimit),
  /** Absent for a codemod that moves no routes. */
  routes: z.array(RouteWorld).optional(),
  /** Absent for a codemod that leaves nothing out on purpose. */
  leftOut: z.array(LeftOut).optional(),
  kept: z.array(KeptBehaviour).optional(),
  /** For what was left out: `--write` puts them into `.migrate/waivers.yaml`. Absent when there are none. */
  waivers: z.array(Waiver).optional(),
  /** What the user should know of the change, with nothing to do about it. */
  notes: z.array(z.string()).optional(),
  /** Steps for the user: what to install, what to look at first. */
  next: z.array(z.string()),
  /** Absent when no TypeScript is touched, or the check was not asked for. */
  types: TypeCheck.optional(),
  /** Files that were looked at, whether or not they are listed in `files`. */
  considered: z.int().min(0),
  /** Applications that an earlier run left in two frameworks, and that stay so for want of that run's old texts. */
  unfinished: z.array(z.string()).optional(),
  /** The journal id of the earlier run whose change this one takes back and makes again, with more. */
  continues: z.string().optional(),
  /** Where the applied change is journalled, for `migrate undo <id>`; absent for a dry run. */
  journal: z.string().optional(),
});
export type ChangeSet = z.infer<typeof ChangeSet>;
