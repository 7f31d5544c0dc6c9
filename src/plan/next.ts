import type { Incompatibility, Plan, PlanStage, PlanTarget } from '../model/plan.ts';

/** How many commands are named. */
const MOST = 3;

/**
 * The commands to run next, as the verdict says: what resolves a blocker before anything else, then the stages that lead to the target. A stage for another runtime than the one asked for is not next, nor one that nothing leads through.
 *
 * @param unread whether something of the application was not read
 */
export function nextCommands(
  target: PlanTarget,
  verdict: Plan['verdict'],
  stages: readonly PlanStage[],
  blockers: readonly Incompatibility[],
  unread: boolean,
): string[] {
  const leading = stages.filter(
    ({ unit, optional }) => !optional && (unit !== 'routes' || target.name === 'workers'),
  );
  const commandsOf = (status: PlanStage['status']) =>
    leading
      .filter((stage) => stage.status === status)
      .flatMap((stage) => (stage.steps.length > 0 ? [`migrate apply ${stage.id}`] : []));
  const commands = {
    move: () => commandsOf('ready'),
    'move-after-blockers': () => {
      const resolving = blockers.flatMap(({ command }) => command ?? []);
      return resolving.length > 0 ? resolving : [`migrate plan --target ${target.spec} --explain`];
    },
    // Running it is what tells; where it cannot be run because it was not read, what was read comes first.
    unknown: () => (target.name === 'workers' && unread ? ['migrate inventory'] : commandsOf('unknown')),
    stay: () => (target.name === 'node' ? commandsOf('ready') : ['migrate plan --target node@24']),
  }[verdict.kind]();
  return [...new Set(commands)].slice(0, MOST);
}
