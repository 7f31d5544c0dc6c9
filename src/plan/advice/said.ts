import type { StateEntry } from '../../model/state.ts';

/** What people said that no file shows, by the question's word. */
export type Said = Readonly<Record<string, string>>;

/** Questions that only people can answer: their word, and what is asked. */
export const QUESTIONS: Readonly<Record<string, string>> = {
  team: 'Who of the team has run the new runtime, and what has to be learned?',
  latency: 'Must it answer within a few milliseconds all around the world, and where are its users?',
  speed: 'Is raw speed or memory what is missing?',
  'start-budget': 'How long may a start take, in ms?',
  cost: 'What do its memory and CPU cost in a month, today and on the target?',
  parity: 'Does what developers run differ from production, beside the versions?',
  tier: 'How bad is an hour without it: an internal tool, customers, everything?',
};

/** The last answer to each question, from the log. */
export function saidIn(log: readonly StateEntry[]): Said {
  const said: Record<string, string> = {};
  for (const { event, detail } of log)
    if (event === 'answered' && typeof detail.question === 'string' && typeof detail.answer === 'string')
      said[detail.question] = detail.answer;
  return said;
}
