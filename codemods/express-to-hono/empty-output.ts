import type { CodemodOutput } from '../../src/codemod/contract.ts';

/** An output in which nothing is changed. */
export const emptyOutput = (): CodemodOutput => ({
  edits: new Map(),
  created: new Map(),
  deleted: [],
  skipped: new Map(),
  failed: new Map(),
  outcomes: [],
  leftForYou: [],
  limits: [],
  next: [],
});
