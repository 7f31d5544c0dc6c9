import { z } from 'zod';
import { Known, Location } from './location.ts';

/** Where a fact is written and how it was known. `location` is null only for a fact about a file that is absent. */
export const Evidence = z.object({
  location: Location.nullable(),
  /** The line of the source at `location`, trimmed and cut to 160 characters. */
  snippet: z.string().optional(),
  known: Known,
});
export type Evidence = z.infer<typeof Evidence>;
