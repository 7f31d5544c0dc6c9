import type { z } from 'zod';
import type { ChangeSet } from '../model/changeset.ts';
import type { ExitCode } from '../model/exit.ts';
import type { ActionReport } from '../model/state.ts';

/** What another command of this program came to. */
export interface Ran {
  code: ExitCode;
  /** Its JSON document. */
  document: unknown;
  /** What it said to people, last line last. */
  said: string;
}

/** What an action has to work with. */
export interface StepContext {
  /** The code to change or to judge: a worktree in scratch where the step changes files, else the user's folder. */
  root: string;
  /** The user's folder, which an action never writes sources to. */
  home: string;
  /** A folder for what an action needs to write down. It goes away with the step. */
  scratch: string;
  /** The application as it was before this step, and before its stage, each with its packages. */
  beforeStep(): Promise<string>;
  beforeStage(): Promise<string>;
  /** Runs another command of this program in the user's folder, with `--json`. */
  migrate(args: readonly string[]): Promise<Ran>;
  /** Asks the user. @throws MigrateError (exit 5) where there is nobody to ask */
  ask(question: string): Promise<string>;
  /** Whether requests that change data may be sent to copies of the application. */
  writes: 'refused' | 'isolated';
  /** What comparisons send, where the user says it. */
  traffic: string | null;
  /** Whether comparisons put a load on both sides, too. */
  latency: boolean;
  signal: AbortSignal;
  progress(text: string): void;
}

/** What an action came to; the change set of a codemod, where it is one. */
export type Result = Pick<ActionReport, 'outcome' | 'summary'> & {
  detail?: ActionReport['detail'];
  changeSet?: ChangeSet;
};

/** One kind of action: the default export of a file in `actions/`. */
export interface ActionKind<S extends z.ZodType = z.ZodType> {
  /** The word after `do:` in a playbook. */
  kind: string;
  schema: S;
  /** Whether this one changes files of the repository. */
  changes(action: z.infer<S>): boolean;
  /** What it does, in words. */
  describe(action: z.infer<S>): string;
  run(action: z.infer<S>, context: StepContext): Promise<Result>;
  /** What is to be done in the user's folder once the step is committed or undone. It can be run again at any time. */
  settle?(action: z.infer<S>, context: Pick<StepContext, 'home' | 'signal' | 'progress'>): Promise<void>;
}

/** Lets the schema of a kind say the type of its actions. */
export const actionKind = <S extends z.ZodType>(kind: ActionKind<S>): ActionKind =>
  kind as unknown as ActionKind;
