import type { PlanStep } from '../model/plan.ts';
import type { ActionReport, StepRecord } from '../model/state.ts';

/** Git's own advice for a subject, and for the lines below. */
const SUBJECT = 72;
const LINE = 100;

/** The message of a step's commit: what was done, what was checked, and how it is taken back. */
export function messageOf(step: PlanStep, { actions, check, tool }: StepRecord, prefix: string): string {
  const rows = (title: string, reports: readonly ActionReport[]) =>
    reports.length === 0 ? [] : ['', title, ...reports.map(({ summary }) => `- ${shortened(summary, LINE)}`)];
  return [
    shortened(`${prefix}${step.title}`, SUBJECT),
    ...rows('Done:', actions),
    ...rows('Checked:', check),
    '',
    `Taken back by: migrate undo ${step.id} (migrate ${tool})`,
    '',
    `Migrate-Step: ${step.id}`,
  ].join('\n');
}

/** The message of the commit that takes a step back. */
export const undoMessage = (step: string, commit: string | null, prefix: string): string =>
  [
    shortened(`${prefix}Undo ${step}`, SUBJECT),
    ...(commit ? ['', `This takes back commit ${commit}.`] : []),
    '',
    `Migrate-Undo: ${step}`,
  ].join('\n');

const shortened = (text: string, most: number): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
};
