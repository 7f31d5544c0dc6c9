import type { Exchange } from '../../model/exchange.ts';

/** What a source gives: exchanges in the order in which they happened. */
export interface Traffic {
  /** Id of the source that read it. */
  source: string;
  file: string;
  /** Bodies of a recording are read from the disk when they are asked for: do not copy the objects. */
  exchanges: Exchange[];
  /** Entries of the file that are no HTTP exchange, counted by reason. */
  skipped: ReadonlyMap<string, number>;
  /** What the user should know about the recording. */
  warnings: string[];
}
