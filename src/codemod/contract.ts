import type {
  KeptBehaviour,
  LeftForYou,
  LeftOut,
  Outcome,
  RouteLimit,
  RouteWorld,
} from '../model/changeset.ts';
import type { Span } from '../model/location.ts';
import type { Modules } from '../workspace/syntax/modules.ts';

/** What an option is given: a list where it may be given several times. */
export type OptionValue = string | boolean | readonly string[];

/** One recorded replacement: the text in `span` becomes `text`. Spans of one file never overlap. */
export interface SpanEdit {
  span: Span;
  text: string;
  /** Which rule of the codemod asked for it, e.g. `response/json`. */
  rule: string;
  /** Ranges of `text` that say again what stays as it is, beside what is written for the other framework. */
  copies?: readonly Span[];
}

/** What a codemod reads of the repository. Paths are relative to the root, with `/`. */
export interface CodemodInput {
  /** Absolute path of the repository. */
  root: string;
  /**
   * Files the user pointed at (all tracked and unignored files by default), in git's order; all files for a codemod that
   * chooses among what they hold.
   */
  paths: readonly string[];
  /** For a codemod that chooses: the files the user pointed at; absent when they pointed at none. */
  chosen?: readonly string[];
  /** Text of a file without BOM and shebang handling: exactly its characters. Cached; null when it is missing or not UTF-8 text. */
  read(path: string): Promise<string | null>;
  /** The modules of the whole repository, where somebody has loaded them. */
  modules?: Modules;
  /** Routes that an earlier run was asked for, `METHOD /path`, and those of them that it took: they are asked for as well. */
  earlier?: { asked: readonly string[]; taken: readonly string[] };
  /** Values of the codemod's own options, defaults filled in. */
  options: Readonly<Record<string, OptionValue>>;
  /** A runtime's program, fetched where it is not there: `bun@1.4`. @throws MigrateError (exit 3) where it cannot be had */
  program?(spec: string): Promise<{ version: string; binary: string }>;
  signal: AbortSignal;
  progress(text: string): void;
}

/** What a codemod wants done. The runner applies the edits, re-parses every result and refuses a file that no longer parses. */
export interface CodemodOutput {
  edits: ReadonlyMap<string, readonly SpanEdit[]>;
  /** Whole new files (the parity module, a storage module): path to text. */
  created: ReadonlyMap<string, string>;
  /** Files no longer needed. */
  deleted: readonly string[];
  /** Files looked at and left alone, with the reason. */
  skipped: ReadonlyMap<string, string>;
  /** Files that could not be processed (a syntax error), with the reason. */
  failed: ReadonlyMap<string, string>;
  outcomes: readonly Outcome[];
  leftForYou: readonly LeftForYou[];
  limits: readonly RouteLimit[];
  /**
   * Ranges of the old texts that are the other framework's afterwards, by path, where the rest of the file stays; a file
   * that is edited and is not in it is the other framework's as a whole.
   */
  moved?: ReadonlyMap<string, readonly Span[]>;
  /** Files whose application an earlier run left in two frameworks: to go on, that run's old texts are needed. */
  unfinished?: readonly string[];
  /** In which framework each route is afterwards. */
  routes?: readonly RouteWorld[];
  /** Behaviours left out on purpose: the shadow run gives their differences to the edits named here. */
  leftOut?: readonly LeftOut[];
  /** Behaviours that were to be left out and stay, with the reason. */
  kept?: readonly KeptBehaviour[];
  /** What the user should know, with nothing to do about it: what is no next step. */
  notes?: readonly string[];
  /** Steps for the user: what to install, what the next shadow run should look at first. */
  next: readonly string[];
}

/** An option of a codemod, shown by `migrate codemod show` and parsed from `--<name>`. */
export interface CodemodOption {
  name: string;
  /** A choice of the user that has its price: the question, asked on a terminal where the option is not given. */
  ask?: string;
  description: string;
  /** Allowed values; absent for a flag. */
  values?: readonly string[];
  /** Several of `values`, separated by commas. */
  list?: true;
  /** May be given several times: its value is a list. */
  repeat?: true;
  /** Nothing is done without it. */
  required?: true;
  default: OptionValue;
}

/** The default export of `codemods/<id>/index.ts`. */
export interface Codemod {
  id: string;
  title: string;
  from: string;
  to: string;
  description: string;
  options: readonly CodemodOption[];
  /** Only files whose text matches are parsed by the codemod; a run with no match says so and changes nothing. */
  prefilter: RegExp;
  /** Files that the user points at choose among what is done, and all of the repository is read. */
  chooses?: true;
  /** What `outcomes` counts, in the singular; `handler` when absent. */
  unit?: string;
  run(input: CodemodInput): Promise<CodemodOutput>;
}
