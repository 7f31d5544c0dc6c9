import type { Inventory } from '../model/inventory.ts';
import type {
  Incompatibility,
  PlanAction,
  PlanStage,
  PlanStep,
  PlanTarget,
  Reason,
  StageItem,
} from '../model/plan.ts';
import { fill, unmet } from './conditions.ts';
import type { Counted, Facts } from './facts.ts';
import type { Actions, PlaybookStep } from './playbook.ts';
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
  actions: Actions,
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
  const items = itemsOf(playbook, inventory, counted, blocking, status === 'unknown' ? why : []);
  return {
    id: playbook.id,
    title: fill(playbook.title, { ...facts, target: titleWord(target) }),
    playbook: playbook.file,
    ...{ status, why },
    unit: playbook.moves,
    items,
    risk: playbook.risk,
    saves: playbook.saves ? fill(playbook.saves, facts) : null,
    gates: playbook.gates.map((gate) => fill(gate, facts)),
    rollback: fill(playbook.rollback, facts),
    ...(playbook.promote && { promote: playbook.promote }),
    ...(playbook.optional && { optional: true as const }),
    ...(playbook.startsOn && { startsOn: fill(playbook.startsOn, facts) }),
    steps:
      applies !== null || (isUnknown && against.unread.length > 0 && target.name === 'workers')
        ? []
        : playbook.steps
            .filter((step) => unmet(step.when, facts) === null)
            .map((step) => toStep(playbook.id, step, { facts, items, actions })),
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

/** What the texts of a step are filled in from. */
interface Filling {
  facts: Facts;
  items: readonly StageItem[];
  actions: Actions;
}

function toStep(stage: string, step: PlaybookStep, filling: Filling): PlanStep {
  const { facts } = filling;
  const toAction = (action: PlaybookStep['actions'][number]): PlanAction => {
    const filled = filledIn(action, filling) as typeof action;
    return { ...filled, says: filling.actions.describe(filled) };
  };
  return {
    id: `${stage}/${step.id}`,
    title: fill(step.title, facts),
    instructions: fill(step.instructions, facts),
    risk: step.risk,
    actions: step.actions.map(toAction),
    check: step.check.map(toAction),
    rollback: fill(step.rollback, facts),
  };
}

/** The word by which an action asks for the names of the scripts that move: those of the root's package.json. */
const ITEMS = '{{items}}';

/** A value of an action with every text in it filled in. */
function filledIn(value: unknown, filling: Filling): unknown {
  if (value === ITEMS)
    return filling.items
      .filter(({ moves, location }) => moves && location?.file === 'package.json')
      .map(({ name }) => name);
  if (typeof value === 'string') return fill(value, filling.facts);
  if (Array.isArray(value)) return value.map((each) => filledIn(each, filling));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each, filling)]));
}

const WORDS: Record<PlanTarget['name'], string> = {
  bun: 'Bun',
  deno: 'Deno',
  workers: 'Workers',
  node: 'Node',
  'not-sure': 'another runtime',
};
const titleWord = (target: PlanTarget): string => WORDS[target.name];
