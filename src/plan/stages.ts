import type { Inventory } from '../model/inventory.ts';
import type { Incompatibility, PlanStage, PlanStep, PlanTarget, Reason, StageItem } from '../model/plan.ts';
import { fill, unmet } from './conditions.ts';
import type { Counted, Facts } from './facts.ts';
import type { PlaybookStep } from './playbook.ts';
import type { LoadedPlaybook } from './playbooks.ts';
import { entryFile } from './project.ts';

/** A playbook turned into a stage of this plan: conditions judged, items listed, texts filled in. */
export function toStage(
  playbook: LoadedPlaybook,
  inventory: Inventory,
  target: PlanTarget,
  facts: Facts,
  counted: Counted,
  against: {
    blockers: readonly Incompatibility[];
    unread: readonly Reason[];
    unmeasured: readonly Reason[];
  },
): PlanStage {
  const isOfTarget =
    unmet(
      playbook.appliesWhen.filter(({ fact }) => fact === 'target'),
      facts,
    ) === null;
  const applies =
    unmet(playbook.appliesWhen, facts) ??
    (playbook.targets.includes(target.name) ? null : `the target is ${target.spec}`);
  const blocking = against.blockers.filter((item) => item.stages.includes(playbook.id));
  // A count of what was not read says nothing about it.
  const notKnown = [...against.unread, ...against.unmeasured];
  const isUnknown = isOfTarget && blocking.length === 0 && notKnown.length > 0 && playbook.kind === 'stage';
  const status = isUnknown
    ? 'unknown'
    : applies !== null
      ? 'not-applicable'
      : blocking.length > 0
        ? 'blocked'
        : 'ready';
  const why: Reason[] = {
    unknown: () => notKnown,
    'not-applicable': () => [{ sentence: applies ?? '', location: null, known: 'heuristic' as const }],
    blocked: () => blocking.map(({ sentence, location, known }) => ({ sentence, location, known })),
    ready: () => [],
  }[status]();
  return {
    id: playbook.id,
    title: fill(playbook.title, { ...facts, target: titleWord(target) }),
    playbook: playbook.file,
    ...{ status, why },
    unit: playbook.moves,
    items: itemsOf(playbook, inventory, counted, blocking, status === 'unknown' ? why : []),
    risk: playbook.risk,
    saves: playbook.saves ? fill(playbook.saves, facts) : null,
    gates: playbook.gates.map((gate) => fill(gate, facts)),
    rollback: fill(playbook.rollback, facts),
    steps:
      applies !== null || (isUnknown && against.unread.length > 0 && target.name === 'workers')
        ? []
        : playbook.steps
            .filter((step) => unmet(step.when, facts) === null)
            .map((step) => toStep(playbook.id, step, facts)),
  };
}

function itemsOf(
  playbook: LoadedPlaybook,
  inventory: Inventory,
  counted: Counted,
  blocking: readonly Incompatibility[],
  notRead: readonly Reason[],
): StageItem[] {
  if (playbook.moves === 'scripts') return [...counted.scripts];
  if (playbook.moves === 'routes') return [...counted.routes];
  const entry = entryFile(inventory);
  const place = inventory.entryPoints.find((item) => item.file === entry)?.location ?? null;
  return [
    {
      name: entry,
      location: place,
      moves: blocking.length === 0 && notRead.length === 0,
      reasons: [
        ...blocking.map(({ sentence, location, known }) => ({ sentence, location, known })),
        ...notRead,
      ],
    },
  ];
}

const toStep = (stage: string, step: PlaybookStep, facts: Facts): PlanStep => ({
  id: `${stage}/${step.id}`,
  title: fill(step.title, facts),
  mode: step.mode,
  commands: step.commands.map((command) => fill(command, facts)),
  instructions: fill(step.instructions, facts),
  evidence: fill(step.evidence, facts),
  risk: step.risk,
  gate: fill(step.gate, facts),
  rollback: fill(step.rollback, facts),
});

const WORDS: Record<PlanTarget['name'], string> = {
  bun: 'Bun',
  deno: 'Deno',
  workers: 'Workers',
  node: 'Node',
  'not-sure': 'another runtime',
};
const titleWord = (target: PlanTarget): string => WORDS[target.name];
