import type { PromotionCheck } from '../model/promotion.ts';
import { fails, holds, open, type Subject } from './subject.ts';

/** Every step of the stage is done, or was left out with a reason where that may be. */
export function checkSteps({ stage, steps, gates }: Subject): PromotionCheck[] {
  const last = (id: string) => id.slice(stage.id.length + 1);
  const named = [...(gates.required ?? []), ...(gates.later ?? [])];
  const unknown = named.filter((name) => !steps.some(({ step }) => last(step.id) === name));
  const found: PromotionCheck[] = unknown.map((name) =>
    open(
      ...(['steps', `The gates name the step ${name}, which the plan's stage has not.`] as const),
      'Correct .migrate/gates.yaml.',
      name,
    ),
  );
  const asked = steps.filter(({ step }) => !gates.later?.includes(last(step.id)));
  const lastOpen = asked.findLast(({ state }) => state === 'open')?.step.id;
  for (const { step, state } of asked) {
    if (state === 'open')
      found.push(open('steps', 'It is open.', `migrate apply ${stage.id} --to ${lastOpen}`, step.id));
    else if (state === 'skipped' && gates.required?.includes(last(step.id)))
      found.push(
        fails('steps', 'It was skipped, and the gates ask for it.', `migrate undo ${step.id}`, step.id),
      );
  }
  if (found.length > 0) return found;
  const skipped = asked.filter(({ state }) => state === 'skipped').length;
  if (asked.length === skipped) return [open('steps', 'No step of it is done.', `migrate apply ${stage.id}`)];
  const left = skipped > 0 ? `, ${skipped} skipped with a reason` : '';
  return [holds('steps', `${asked.length - skipped} done${left}.`)];
}
