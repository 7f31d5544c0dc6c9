import { z } from 'zod';

/** A place in the user's repository. `file` is relative to its root with `/`; `line` and `column` start at 1. */
export const Location = z.object({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
});
export type Location = z.infer<typeof Location>;

/** A half-open range of UTF-16 offsets into a file's text. */
export const Span = z.object({ start: z.int().min(0), end: z.int().min(0) });
export type Span = z.infer<typeof Span>;

/**
 * How a finding was known: we ran it, measured data shipped with us says so, the file at its location says so in
 * plain words, or a pattern suggests it.
 */
export const Known = z.enum(['probed', 'table', 'read', 'heuristic']);
export type Known = z.infer<typeof Known>;
