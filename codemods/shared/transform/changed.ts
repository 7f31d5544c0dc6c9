import type { CodemodInput, CodemodOutput, SpanEdit } from '../../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../../src/model/changeset.ts';
import type { ManifestOf, Prepared } from './ordinary.ts';

/** What became of the files of a repository. */
export interface Changed {
  input: CodemodInput;
  id: string;
  output: CodemodOutput & {
    edits: Map<string, readonly SpanEdit[]>;
    deleted: string[];
    failed: Map<string, string>;
    leftForYou: LeftForYou[];
    outcomes: Outcome[];
    next: string[];
  };
  /** Texts of changed files after the change. */
  after: Map<string, string>;
  manifestOf: ManifestOf;
  prepared: Prepared | null;
}
