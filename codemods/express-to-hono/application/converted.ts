import type { CodemodOutput } from '../../../src/codemod/contract.ts';
import type { ParityRequest } from '../parity/assemble.ts';
import type { Conversion } from '../state/conversion.ts';
import type { Places } from './places.ts';

/** One converted application: its part of the output, and what the parity module and package.json need for it. */
export interface Converted {
  conversion: Conversion;
  places: Places;
  parity: ParityRequest;
  output: Pick<
    CodemodOutput,
    | 'edits'
    | 'created'
    | 'deleted'
    | 'outcomes'
    | 'leftForYou'
    | 'limits'
    | 'moved'
    | 'routes'
    | 'leftOut'
    | 'kept'
    | 'notes'
    | 'next'
  >;
}
