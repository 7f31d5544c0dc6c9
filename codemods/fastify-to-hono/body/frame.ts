import type { FileWork } from '../../shared/edit/work.ts';
import type { Conversion, Unit } from '../state.ts';

/** What the parts of a function's conversion share. */
export interface Frame {
  conversion: Conversion;
  work: FileWork;
  unit: Unit;
  /** The name of the context. */
  c: string;
  /** Whether the function may have said of what type its answer is. */
  mayBeTyped: boolean;
  /** Whether a status may be set before whose answers have no body. */
  mayBeEmptied: boolean;
  /** Whether what it returns is an answer. */
  answers: boolean;
  /** Whether a function without parameters needs one now. */
  isUsed: boolean;
}
