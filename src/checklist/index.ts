import type { Checklist, ChecklistItem, ChecklistName } from '../model/checklist.ts';
import { QUESTIONS } from '../plan/advice/said.ts';
import type { Check, Context } from './contract.ts';
import { adopting } from './lists/adopting.ts';
import { choosing } from './lists/choosing.ts';
import { mistakes } from './lists/mistakes.ts';
import { moreMistakes } from './lists/more-mistakes.ts';

export type { Context } from './contract.ts';

const LISTS: Record<ChecklistName, readonly Check[]> = {
  ...{ choosing, adopting, mistakes, 'more-mistakes': moreMistakes },
};

/** Both checklists and both lists of mistakes, each point with what shows it. Runs nothing. */
export function checklistOf(context: Context): Checklist {
  const items = Object.entries(LISTS).flatMap(([list, checks]) =>
    checks.map(
      ([asks, look], at): ChecklistItem => ({
        ...{ id: `${list}-${at + 1}`, list: list as ChecklistName, asks },
        ...look(context),
      }),
    ),
  );
  const count = (answer: ChecklistItem['answer']) => items.filter((item) => item.answer === answer).length;
  return {
    ...{ schema: 'migrate/checklist', version: 1, project: context.inventory.name },
    ...{ target: context.target.spec, items },
    counts: { yes: count('yes'), no: count('no'), unknown: count('unknown') },
    questions: Object.entries(QUESTIONS).map(([word, asks]) => ({
      ...{ word, asks, answer: context.said[word] ?? null },
    })),
  };
}
