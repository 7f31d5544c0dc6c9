import { createHash } from 'node:crypto';
import type { Inventory, NotChecked } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';
import type { Plan, PlanTarget, Reason } from '../model/plan.ts';
import { shippedRules } from '../rules/load.ts';
import { withProbes } from '../rules/probed.ts';
import type { Rule } from '../rules/rule.ts';
import { applicationSubjects } from '../rules/subjects.ts';
import type { ScriptProofs } from '../workspace/evidence/script-comparisons.ts';
import type { TryNow } from '../workspace/evidence/tries.ts';
import { decisionTree } from './advice/decision.ts';
import { adviceFor } from './advice/rules.ts';
import type { Said } from './advice/said.ts';
import { type Conversion, conversionBlockers, notSaidBefore } from './conversion.ts';
import { routeItems } from './edge.ts';
import { planFacts } from './facts.ts';
import { incompatibilities } from './incompatibilities.ts';
import { nextCommands } from './next.ts';
import type { Actions } from './playbook.ts';
import type { LoadedPlaybook } from './playbooks.ts';
import { summary } from './project.ts';
import { scriptItems } from './scripts/items.ts';
import { toStage } from './stages.ts';
import { readMeasurements, readScriptRules, readWorkersPackages } from './table.ts';
import { answersSame, staleTry, triedIncompatibilities, triedOn, triedReasons } from './tried.ts';
import { unmeasuredOnWorkers, unmeasuredReasons } from './unmeasured.ts';
import { unread } from './unread.ts';
import { decide, recommend } from './verdict.ts';

/** What the user answered. A `not-sure` target is settled by the recommendation. */
export interface Answers {
  target: Omit<PlanTarget, 'answeredBy'>;
  answeredBy: 'flag' | 'prompt' | 'recommendation';
}

/** What a plan is drawn with besides facts and answers. */
export interface DrawOptions {
  playbooks: readonly LoadedPlaybook[];
  /** What the steps of the playbooks are made of. */
  actions: Actions;
  /** What is known of the targets. Default: the rules that are shipped. */
  rules?: readonly Rule[];
  /** The committed files it is drawn from; see `Plan.tree`. */
  tree?: string | null;
  /** What the codemod's dry run says about the routes; see `needsConversion`. */
  conversion: Conversion;
  /** What was tried of this application here; null or absent: nothing was. */
  tried?: TryNow | null;
  /** What `migrate scripts compare` found of this repository's scripts; null or absent: nothing was compared. */
  proofs?: ScriptProofs | null;
  /** What people said that no file shows. */
  said?: Said;
  /** The date written into the plan. Default: now. */
  now?: Date;
}

/** The target to suggest for these facts, and why: by what was tried here, else by the shipped tables. */
export const recommendTarget = (
  inventory: Inventory,
  tried: TryNow | null = null,
  rules: readonly Rule[] = shippedRules(),
): Plan['recommended'] => recommend(inventory, rules, readMeasurements(), tried);

/** Draws the plan from the facts and the answers. Pure but for the shipped tables: writes and runs nothing. */
export function drawPlan(inventory: Inventory, answers: Answers, options: DrawOptions): Plan {
  const { rules = shippedRules() } = options;
  const measured = readMeasurements();
  const { tried = null, proofs = null } = options;
  const recommended = recommend(inventory, rules, measured, tried);
  const settled = answers.target.name === 'not-sure';
  const target: PlanTarget = settled
    ? { name: recommended.name, spec: recommended.spec, answeredBy: 'recommendation' }
    : { ...answers.target, answeredBy: answers.answeredBy };

  const found = incompatibilities(withProbes(rules, target), target, applicationSubjects(inventory));
  const blockers = found.filter(
    (item) => item.severity === 'blocks' && item.stages.some((id) => id !== 'edge-layer'),
  );
  const here = triedOn(tried, target);
  const byTry = triedIncompatibilities(here, target);
  blockers.push(...byTry.blocks);
  const unmeasured = unmeasuredOnWorkers(inventory, rules, readWorkersPackages());
  const counted = {
    scripts: scriptItems(inventory, readScriptRules(), rules, proofs),
    routes: routeItems(inventory, rules, options.conversion, unmeasured),
  };
  const notRead = {
    application: [
      // What answers the same here needs no measurement elsewhere.
      ...(answersSame(here.asIs) ? [] : unread(inventory, target.name, measured)),
      ...(target.name === 'workers' ? notAsked(inventory, options.conversion) : []),
    ],
    routes: unread(inventory, 'workers', measured),
  };
  const notMeasured = target.name === 'workers' ? unmeasuredReasons(inventory, unmeasured) : [];
  if (target.name === 'workers')
    blockers.push(...notSaidBefore(blockers, conversionBlockers(options.conversion, counted.routes)));
  const facts = planFacts(inventory, target, counted);
  const stages = options.playbooks
    .filter((playbook) => playbook.kind === 'stage' || playbook.targets.includes(target.name))
    .map((playbook) => {
      const read =
        playbook.moves === 'routes'
          ? notRead.routes
          : playbook.moves === 'application'
            ? notRead.application
            : [];
      return toStage(
        playbook,
        inventory,
        target,
        facts,
        counted,
        {
          blockers: switchBlockers(blockers),
          unread: read,
          unmeasured: playbook.moves === 'application' ? notMeasured : [],
        },
        options.actions,
      );
    });
  const verdict = decide({
    inventory,
    target,
    recommended,
    stages,
    blockers,
    measured,
    unread: [...notRead.application, ...notMeasured],
    probed: triedReasons(here),
  });
  return {
    schema: 'migrate/plan',
    version: 1,
    drawnAt: (options.now ?? new Date()).toISOString(),
    inputHash: inputHash(inventory, answers, tried, proofs),
    tree: options.tree ?? null,
    project: { name: inventory.name, summary: summary(inventory), files: inventory.counts.files },
    target,
    recommended,
    verdict,
    decision: decisionTree({ inventory, recommended, target, tried, rules, said: options.said ?? {} }),
    stages,
    blockers,
    differences: [...byTry.differs, ...found.filter((item) => item.severity === 'differs')],
    advice: adviceFor(inventory, rules, target),
    // What decides most first: the screen shows a few.
    notChecked: [
      ...staleTry(tried),
      ...staleProofs(proofs),
      ...beyondReading(inventory, tried),
      ...unasked(inventory, options.conversion),
      ...inventory.notChecked,
    ],
    next: nextCommands(target, verdict, stages, blockers, notRead.application.length > 0),
  };
}

/** A blocker of single routes leaves them on the origin; it does not stop the edge layer as a whole. */
const switchBlockers = <T extends { stages: string[] }>(blockers: readonly T[]): T[] =>
  blockers.map((item) => ({ ...item, stages: item.stages.filter((id) => id !== 'edge-layer') }));

/**
 * SHA-256 of the facts, the answer and the evidence that is used; the same repository and answer give the same hash on any
 * machine.
 */
export function inputHash(
  inventory: Inventory,
  answers: Pick<Answers, 'target'>,
  now: TryNow | null = null,
  proofs: ScriptProofs | null = null,
): string {
  const { target } = answers;
  const tried = now?.stale === null ? now.found.id : undefined;
  const compared = proofs?.of.size ? [...proofs.of].map(([name, { from }]) => [name, from.id]) : undefined;
  return createHash('sha256').update(JSON.stringify({ inventory, target, tried, compared })).digest('hex');
}

/** Comparisons that cannot be used are said, not passed over. */
const staleProofs = (proofs: ScriptProofs | null): NotChecked[] =>
  [...(proofs?.stale ?? [])].map(([name, day]) => ({
    what: `what the script ${name} does on Bun`,
    reason: `the comparison of ${day} was made of other files; \`migrate scripts compare\` makes it anew`,
    location: null,
  }));

/** What no reading of files can tell about this repository. */
function beyondReading(inventory: Inventory, tried: TryNow | null): NotChecked[] {
  const unseen: NotChecked[] = [
    {
      what: 'which routes real traffic uses, and what they answer on the target',
      reason:
        tried?.stale === null
          ? `the try asked ${tried.found.requests.asked} requests; a shadow run of recorded traffic shows it`
          : 'nothing was run; a shadow run shows it',
      location: null,
    },
  ];
  for (const { framework, reason, location, inPart } of inventory.unreadRoutes)
    unseen.push({ what: `the ${inPart ? 'paths' : 'routes'} of ${framework}`, reason, location });
  // The image that runs the application, not a database beside it.
  const image = inventory.deployment.find(
    ({ kind, location }) =>
      kind === 'image' &&
      inventory.pins.some((pin) => pin.source === 'dockerfile' && isSame(pin.location, location)),
  );
  if (image) {
    unseen.push({
      what: `the image ${image.value}`,
      reason: 'no image was built or started',
      location: image.location,
    });
  }
  return unseen;
}

const isSame = (one: Location | null, other: Location | null): boolean =>
  one?.file === other?.file && one?.line === other?.line;

/** Whether a plan needs the codemod's dry run: routes of Express were read, which the plan may call movable. */
export const needsConversion = ({ routes }: Inventory): boolean =>
  routes.some(({ framework }) => framework === 'express');

const notAsked = (inventory: Inventory, conversion: Conversion): Reason[] =>
  unasked(inventory, conversion).map(({ what, reason }) => ({
    sentence: `${what} is not known: ${reason}`,
    location: null,
    known: 'heuristic',
  }));

function unasked(inventory: Inventory, conversion: Conversion): NotChecked[] {
  if (conversion.asked || !needsConversion(inventory)) return [];
  return [{ what: 'whether express-to-hono converts the routes', reason: conversion.reason, location: null }];
}
