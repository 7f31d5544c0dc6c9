import type { Part } from '../edit/draft.ts';

/** A chain on `res`, understood: statements that go first and, when it answers, the response as an expression. */
export interface ResponseChain {
  before: Part[][];
  value: Part[] | null;
  rule: string;
}

/** What a chain has gathered before its last link. */
export interface Gathered {
  before: Part[][];
  status: Part[] | null;
  statusNumber: number | null;
  /** The status comes from outside, and may be one without a body. */
  isOpen: boolean;
  /** Literal Content-Type, `?` when it is computed, null when the chain sets none. */
  type: string | null;
}

export interface HeaderStatements {
  statements: Part[][];
  /** The Content-Type they set: literal, `?` when computed, absent when they set none. */
  type?: string;
}
