import { z } from 'zod';
import { Location } from './location.ts';

/** The four lists of the article that this tool began with. */
export const ChecklistName = z.enum(['choosing', 'adopting', 'mistakes', 'more-mistakes']);
export type ChecklistName = z.infer<typeof ChecklistName>;

/** One point of a list. */
export const ChecklistItem = z.object({
  /** `choosing-1`. */
  id: z.string(),
  list: ChecklistName,
  /** What should hold; of a mistake, that it was not made. */
  asks: z.string(),
  /** `unknown`: nothing here shows it. */
  answer: z.enum(['yes', 'no', 'unknown']),
  /** What showed it. */
  because: z.string(),
  location: Location.nullable(),
  /** The command, or what a person does, so that it is known or holds; null where nothing is left. */
  next: z.string().nullable(),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

/** `migrate checklist --json`. */
export const Checklist = z.object({
  schema: z.literal('migrate/checklist'),
  version: z.literal(1),
  project: z.string(),
  /** What the points about a target are asked of: the plan's, else the recommended one. */
  target: z.string(),
  /** Of all points, also where only some are listed. */
  counts: z.object({ yes: z.int(), no: z.int(), unknown: z.int() }),
  items: z.array(ChecklistItem),
  /** What only people can answer: the word for --answer, the question, and what was said. */
  questions: z.array(z.object({ word: z.string(), asks: z.string(), answer: z.string().nullable() })),
});
export type Checklist = z.infer<typeof Checklist>;
