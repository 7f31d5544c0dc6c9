import type { Plan, PlanTarget, TargetName } from '../../model/plan.ts';
import type { Io } from '../../report/io.ts';
import { defaultSpec, TARGET_NAMES, titleOf } from '../../rules/targets.ts';
import { select } from './prompt.ts';

const DESCRIPTIONS: Record<TargetName, string> = {
  bun: 'One process, started faster and smaller; Express stays as it is.',
  deno: 'As Node, with permissions; CommonJS needs a "type" in package.json.',
  workers: 'Many short-lived isolates near the user; no disk, no native code, no shared memory.',
  node: 'Nothing moves but the version.',
  'not-sure': 'Take the recommendation, and see why.',
};

const TRY = {
  value: 'try' as const,
  name: 'Try it on each of them first  (a minute or two, in scratch copies), then ask again',
  description: 'Starts, same answers, how fast: the answer is then about this application, not about others.',
};

/**
 * "Where should it run?", the recommended answer first, with its reason.
 *
 * @param isTriable whether to offer to try it first
 * @returns `try` where that is what the user wants
 */
export async function askTarget(
  io: Io,
  recommended: Plan['recommended'],
  isTriable: boolean,
): Promise<Omit<PlanTarget, 'answeredBy'> | 'try'> {
  const names = [recommended.name, ...TARGET_NAMES.filter((name) => name !== recommended.name)];
  const name = await select<TargetName | 'try'>(
    io,
    'Where should it run?',
    [
      ...names.map((value) => ({
        value,
        name:
          value === recommended.name
            ? `${titleOf(value)}  (recommended: ${recommended.reason})`
            : titleOf(value),
        description: DESCRIPTIONS[value],
      })),
      ...(isTriable ? [TRY] : []),
    ],
    recommended.name,
  );
  if (name === 'try') return name;
  return { name, spec: defaultSpec(name) };
}
