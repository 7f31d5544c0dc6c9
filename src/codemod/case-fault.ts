import type { VariantName } from './case-variants.ts';

/** A check that a case did not pass. */
export interface Fault {
  check:
    | 'expected'
    | 'parses'
    | 'edits'
    | 'idempotent'
    | 'comments'
    | 'bytes'
    | VariantName
    | 'notes'
    | 'crash';
  message: string;
}
