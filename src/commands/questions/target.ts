import type { Plan, PlanTarget, TargetName } from '../../model/plan.ts';
import { defaultSpec, TARGET_NAMES, titleOf } from '../../plan/targets.ts';
import type { Io } from '../../report/io.ts';
import { select } from './prompt.ts';

const DESCRIPTIONS: Record<TargetName, string> = {
  bun: 'One process, started faster and smaller; Express stays as it is.',
  deno: 'As Node, with permissions; CommonJS needs a "type" in package.json.',
  workers: 'Many short-lived isolates near the user; no disk, no native code, no shared memory.',
  node: 'Nothing moves but the version.',
  'not-sure': 'Take the recommendation, and see why.',
};

/** "Where should it run?", the recommended answer first, with its reason. */
export async function askTarget(
  io: Io,
  recommended: Plan['recommended'],
): Promise<Omit<PlanTarget, 'answeredBy'>> {
  const names = [recommended.name, ...TARGET_NAMES.filter((name) => name !== recommended.name)];
  const name = await select<TargetName>(
    io,
    'Where should it run?',
    names.map((value) => ({
      value,
      name:
        value === recommended.name
          ? `${titleOf(value)}  (recommended: ${recommended.reason})`
          : titleOf(value),
      description: DESCRIPTIONS[value],
    })),
    recommended.name,
  );
  return { name, spec: defaultSpec(name) };
}
